// The words that the first view does without.
import archive from './en/archive.json';
import attacker from './en/attacker.json';
import captions from './en/captions.json';
import claims from './en/claims.json';
import compare from './en/compare.json';
import embed from './en/embed.json';
import faults from './en/faults.json';
import forks from './en/forks.json';
import gates from './en/gates.json';
import glossary from './en/glossary.json';
import heard from './en/heard.json';
import inspector from './en/inspector.json';
import keys from './en/keys.json';
import panels from './en/panels.json';
import present from './en/present.json';
import provenance from './en/provenance.json';
import speaker from './en/speaker.json';

export const later = {
  en: {
    archive,
    attacker,
    captions,
    claims,
    compare,
    embed,
    faults,
    forks,
    gates,
    glossary,
    heard,
    inspector,
    keys,
    panels,
    present,
    speaker,
    provenance,
  },
};
