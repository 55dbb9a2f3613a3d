// A scenario: its choices above the workbench.
import { Choices } from '../Choices/Choices';
import { usePlayed, useWords } from '../context';
import { Workbench } from './Workbench';

export default function Scenario({ onOwnData }: { readonly onOwnData: () => void }) {
  const flows = useWords('flows');
  const flow = usePlayed((s) => s.place?.flow);
  return (
    <Workbench title={flow ? flows(`flow ${flow}`) : ''} top={<Choices onOwnData={onOwnData} />} />
  );
}
