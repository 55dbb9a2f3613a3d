// Who can read what now, and what else somebody could open: read from the trace, two relations that are never mixed.
import type {
  ActorId,
  Knowledge,
  ResponseStep,
  SealedId,
  SecretId,
  Step,
  Trace,
} from '../../sim/types';

export type Cell = 'yes' | 'new' | 'lost' | 'no';

export function cellOf(
  before: Knowledge,
  after: Knowledge,
  actor: ActorId,
  secret: SecretId,
): Cell {
  const knew = before.knows[actor].includes(secret);
  const knows = after.knows[actor].includes(secret);
  return knows ? (knew ? 'yes' : 'new') : knew ? 'lost' : 'no';
}

const appearances = new WeakMap<Trace, ReadonlyMap<SecretId, number>>();

/** The step after which each secret is first known to somebody; -1 when it was before the first. */
function appearedAt(trace: Trace): ReadonlyMap<SecretId, number> {
  const known = appearances.get(trace);
  if (known) return known;
  const at = new Map<SecretId, number>();
  const look = ({ knows }: Knowledge, index: number): void => {
    for (const ids of Object.values(knows)) {
      for (const id of ids) if (!at.has(id)) at.set(id, index);
    }
  };
  look(trace.initial, -1);
  for (const step of trace.steps) look(step, step.index);
  appearances.set(trace, at);
  return at;
}

/** Secrets that exist after a step, in order of appearance. */
export function secretsUntil(trace: Trace, index: number): readonly SecretId[] {
  return [...appearedAt(trace)].filter(([, at]) => at <= index).map(([id]) => id);
}

/** Actors that do something in this trace, in the order in which they are drawn. */
export function actorsOf(trace: Trace, actors: readonly ActorId[]): readonly ActorId[] {
  const seen = new Set<ActorId>();
  for (const step of trace.steps) {
    if (step.kind === 'deed') seen.add(step.actor);
    else seen.add(step.from).add(step.to);
  }
  return actors.filter((actor) => seen.has(actor));
}

/** How a sealed thing that an actor has could be opened. `key` is the key around it, `first` what must be opened before. */
export type Opening =
  | {
      readonly how: 'now' | 'kms' | 'hsm' | 'own' | 'refused' | 'nobody' | 'altered' | 'disk';
      readonly key: SecretId;
    }
  | {
      readonly how: 'kms first' | 'own first' | 'first';
      readonly key: SecretId;
      readonly first: SealedId;
    }
  | { readonly how: 'needs'; readonly key: SecretId; readonly holders: readonly ActorId[] };

const OPENS: readonly string[] = ['Decrypt', 'UnwrapObjectKey'];
const MAKES: readonly string[] = ['GenerateDataKey', 'WrapObjectKey'];

/** Who opens sealed keys for others, and what an opening by each is called. */
const OPENERS = { kms: 'kms', hsm: 'hsm', 's3-keys': 'own' } as const;
type Opener = keyof typeof OPENERS;

/**
 * What comes of asking: read from the answers in this trace, on this side of a fault's change. An answer that opened or
 * refused tells; where there is none, whoever was given a key there can come back with it. Undefined: it never asks.
 */
function answerOf(
  trace: Trace,
  index: number,
  actor: ActorId,
  opener: Opener,
): 'opens' | 'refused' | undefined {
  const change = trace.chapters.find(({ id }) => id === 'change')?.start ?? Infinity;
  const answers = trace.steps.filter(
    (step) => step.kind === 'response' && step.from === opener && step.to === actor,
  ) as ResponseStep[];
  const opened = answers.filter(
    (step) => OPENS.includes(step.operation) && step.index >= change === index >= change,
  );
  const told = opened.find((step) => step.index >= index) ?? opened.at(-1);
  if (told) return told.failed ? 'refused' : 'opens';
  return answers.some((step) => MAKES.includes(step.operation) && !step.failed)
    ? 'opens'
    : undefined;
}

/** `index` of the step after which it is asked; -1 before the first. */
export function openingOf(trace: Trace, index: number, actor: ActorId, id: SealedId): Opening {
  const now = trace.steps[index] ?? trace.initial;
  const sealed = trace.sealed.find((one) => one.id === id);
  const key = sealed?.under ?? id.slice(id.lastIndexOf('<') + 1);
  if (sealed?.altered) return { how: 'altered', key };
  if (actor === 'storage') return { how: 'disk', key };
  if (now.knows[actor].includes(key)) return { how: 'now', key };
  const kind = trace.secrets.find((secret) => secret.id === key)?.kind;
  if (kind === 'backing key' || kind === 'root key') {
    const mayOpen: readonly Opener[] = kind === 'root key' ? ['s3-keys'] : ['kms', 'hsm'];
    for (const opener of mayOpen) {
      const answer = answerOf(trace, index, actor, opener);
      if (answer) return { how: answer === 'opens' ? OPENERS[opener] : 'refused', key };
    }
  }
  const around = trace.sealed.find(
    (one) => one.seals === key && !one.altered && now.has[actor].includes(one.id),
  );
  if (around) {
    const { how } = openingOf(trace, index, actor, around.id);
    if (how === 'refused') return { how, key };
    if (how === 'kms' || how === 'kms first') return { how: 'kms first', key, first: around.id };
    if (how === 'own' || how === 'own first') return { how: 'own first', key, first: around.id };
    if (how === 'now' || how === 'first') return { how: 'first', key, first: around.id };
  }
  const holders = (Object.keys(now.knows) as ActorId[]).filter((one) =>
    now.knows[one].includes(key),
  );
  return holders.length > 0 ? { how: 'needs', key, holders } : { how: 'nobody', key };
}

/** What was known before a step: after the one shown before it, or at the very beginning. */
export function knownBefore(
  trace: Trace,
  visible: readonly number[],
  step: Step | undefined,
): Knowledge {
  if (!step) return trace.initial;
  const shown = visible.filter((index) => index < step.index).at(-1);
  return shown === undefined ? trace.initial : (trace.steps[shown] ?? trace.initial);
}
