// The panel that is open, if one is.
import { CastDialog } from '../Cast/CastDialog';
import { GlossaryDialog } from '../Glossary/GlossaryDialog';
import { HelpDialog } from '../Help/HelpDialog';
import { OwnDataPanel } from '../OwnData/OwnDataPanel';
import { ShareDialog } from '../Share/ShareDialog';
import { WhereAmIDialog } from '../Status/WhereAmIDialog';
import { closePanel, usePanel } from './panel';

export function Panels() {
  const panel = usePanel();
  switch (panel?.id) {
    case 'own':
      return <OwnDataPanel onDone={closePanel} />;
    case 'share':
      return <ShareDialog onClose={closePanel} />;
    case 'help':
      return <HelpDialog onClose={closePanel} />;
    case 'where':
      return <WhereAmIDialog onClose={closePanel} />;
    case 'glossary':
      return <GlossaryDialog term={panel.term} onClose={closePanel} />;
    case 'cast':
      return <CastDialog onClose={closePanel} />;
    default:
      return null;
  }
}
