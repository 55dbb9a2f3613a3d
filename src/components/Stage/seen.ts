// What of a run is drawn below the Deep level. In client-side encryption S3 seals the ciphertext once more, with keys of
// its own: true, and not what those flows teach. There, those keys are left out and that layer is not unfolded. Keys for
// one call are drawn as the KMS key they are derived from.
import type { Run } from '../../flows';
import type { Depth, Trace } from '../../sim/types';
import { layersOf } from '../things';

const MADE_BY_S3 = ['s3 generates object key', 's3-keys generates root key'];

const known = new WeakMap<Trace, ReadonlySet<string>>();

/** Keys that S3 made for itself in this run. */
function ownKeysOf(trace: Trace): ReadonlySet<string> {
  const cached = known.get(trace);
  if (cached) return cached;
  const made = trace.steps.filter(({ key }) => MADE_BY_S3.includes(key));
  const found = new Set(made.flatMap(({ cargo }) => cargo));
  known.set(trace, found);
  return found;
}

/** The ids to draw for some ids of a trace. */
export function seenAt(
  { scenario, trace }: Run,
  level: Depth,
  ids: readonly string[],
): readonly string[] {
  if (level === 'deep') return ids;
  const own = scenario.flow.startsWith('cse') ? ownKeysOf(trace) : new Set<string>();
  const seen = ids.flatMap((id) => {
    const [inner = '', ...keys] = layersOf(id);
    if (own.has(inner)) return [];
    if (inner.startsWith('P')) {
      const root = trace.secrets.find((secret) => secret.id === inner)?.derivedFrom;
      return root ? [root] : [];
    }
    const last = keys.at(-1);
    return last !== undefined && own.has(last) ? [id.replace(`<${last}`, '')] : [id];
  });
  return [...new Set(seen)];
}
