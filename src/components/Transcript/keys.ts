// The key hierarchy of a run: which key seals which, read from what was sealed and what was derived.
import { ACTORS } from '../../flows';
import type { ActorId, Trace } from '../../sim/types';

export interface KeyNode {
  /** A secret, `D1`; or something sealed that is inside something sealed, `O1<D1`. */
  readonly id: string;
  readonly how: 'root' | 'sealed' | 'derived';
  /** Bytes of the sealed form. */
  readonly length: number | undefined;
  readonly altered: boolean;
  readonly children: readonly KeyNode[];
}

/** Keys that nothing seals, each with what it seals, and so on down to the objects. */
export function keyTree({ secrets, sealed }: Trace): readonly KeyNode[] {
  const told = new Set<string>();
  const below = (id: string): KeyNode[] => {
    if (told.has(id)) return [];
    told.add(id);
    return [
      ...secrets
        .filter(({ derivedFrom }) => derivedFrom === id)
        .map((secret): KeyNode => ({ ...plain(secret.id), how: 'derived' })),
      ...sealed
        .filter(({ under }) => under === id)
        .map(({ seals, length, altered }): KeyNode => {
          const children = altered ? [] : below(seals);
          return { id: seals, how: 'sealed', length, altered, children };
        }),
    ];
  };
  const plain = (id: string): KeyNode => ({
    id,
    how: 'root',
    length: undefined,
    altered: false,
    children: below(id),
  });
  return secrets
    .filter(({ id, kind, derivedFrom }) => {
      const isSealed = sealed.some(({ seals }) => seals === id);
      return kind !== 'object' && derivedFrom === undefined && !isSealed;
    })
    .map(({ id }) => plain(id));
}

export interface ActorLine {
  readonly actor: ActorId;
  /** Secrets it could read at any moment of the run, and those it can read at the end. */
  readonly ever: readonly string[];
  readonly atEnd: readonly string[];
  /** Sealed things it has at the end. */
  readonly has: readonly string[];
}

/** The actors that take part. */
export function actorLines({ steps }: Trace): readonly ActorLine[] {
  const last = steps.at(-1);
  const takesPart = new Set(
    steps.flatMap((step) => (step.kind === 'deed' ? [step.actor] : [step.from, step.to])),
  );
  return ACTORS.filter((actor) => takesPart.has(actor)).map((actor) => ({
    actor,
    ever: [...new Set(steps.flatMap(({ knows }) => knows[actor]))].sort(),
    atEnd: last?.knows[actor] ?? [],
    has: last?.has[actor] ?? [],
  }));
}
