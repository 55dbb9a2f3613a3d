// The panel that is open, if one is.
import { HelpDialog } from '../Help/HelpDialog';
import { OwnDataPanel } from '../OwnData/OwnDataPanel';
import { ShareDialog } from '../Share/ShareDialog';
import { WhereAmIDialog } from '../Status/WhereAmIDialog';
import { closePanel, usePanel } from './panel';

export function Panels() {
  const panel = usePanel();
  if (panel === 'own') return <OwnDataPanel onDone={closePanel} />;
  if (panel === 'share') return <ShareDialog onClose={closePanel} />;
  if (panel === 'help') return <HelpDialog onClose={closePanel} />;
  if (panel === 'where') return <WhereAmIDialog onClose={closePanel} />;
  return null;
}
