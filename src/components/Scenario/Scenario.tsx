// A scenario: its choices above the workbench.
import { lazy, Suspense } from 'react';
import { Choices } from '../Choices/Choices';
import { usePlayed, useWords } from '../context';
import { Workbench } from './Workbench';

export const loadPresent = () => import('../Present/Present');
const Present = lazy(loadPresent);
export const loadSpeaker = () => import('../Speaker/Speaker');
const Speaker = lazy(loadSpeaker);

export default function Scenario({ onOwnData }: { readonly onOwnData: () => void }) {
  const flows = useWords('flows');
  const flow = usePlayed((s) => s.place?.flow);
  const view = usePlayed((s) => s.place?.view);
  if (view === 'present' || view === 'speaker')
    return (
      <Suspense fallback={<main />}>{view === 'present' ? <Present /> : <Speaker />}</Suspense>
    );
  return (
    <Workbench title={flow ? flows(`flow ${flow}`) : ''} top={<Choices onOwnData={onOwnData} />} />
  );
}
