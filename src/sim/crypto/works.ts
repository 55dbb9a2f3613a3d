// Works that are not ciphers: drawing random bytes, looking, deciding. They are recorded like any other deed.
import type { Bytes, Facts, NamedBytes, Work } from '../types';

/** Random bytes drawn from the desk; output under `name`. */
export const drawn = <Name extends string>(
  name: Name,
  bytes: Bytes,
): Work<Record<Name, Bytes>> => ({
  algorithm: 'random',
  inputs: {},
  run: () => ({ [name]: bytes }) as Record<Name, Bytes>,
});

/** Bytes that somebody brings along; output under `name`. */
export const given = <Name extends string>(
  name: Name,
  bytes: Bytes,
): Work<Record<Name, Bytes>> => ({ ...drawn(name, bytes), algorithm: 'as given' });

/** A look at something, with what was found as facts. `refusal` is thrown if the look ends badly. */
export const looked = (
  algorithm: string,
  facts: Facts,
  refusal?: Error,
  inputs: NamedBytes = {},
): Work<Record<never, Bytes>> => ({
  algorithm,
  inputs,
  facts,
  run() {
    if (refusal) throw refusal;
    return {};
  },
});

/** Something that takes `inputs` and leaves `outputs`, both known already. */
export const turned = <Out extends NamedBytes>(
  algorithm: string,
  inputs: NamedBytes,
  outputs: Out,
  facts: Facts = {},
): Work<Out> => ({ algorithm, inputs, facts, run: () => outputs });
