// What a line of the transcript says about its step besides the caption: what can be quoted from it. No words here.
import type { Step } from '../../sim/types';

export interface Length {
  readonly name: string;
  readonly length: number;
}

export interface Details {
  /** `PUT /today.txt`; undefined for an answer or a deed. */
  readonly request: string | undefined;
  readonly status: number | undefined;
  /** Headers that teach something, in order. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** Length of the body; 0 for none and for deeds. */
  readonly body: number;
  readonly algorithm: string | undefined;
  readonly inputs: readonly Length[];
  readonly outputs: readonly Length[];
  readonly facts: readonly (readonly [name: string, value: string])[];
  /** Ids of what a message carries. */
  readonly carries: readonly string[];
}

/** Headers of every message of their kind, or lengths that are told anyway. */
const PLAIN =
  /^(host|date|content-(length|type)|last-modified|object-length|x-sealed-.*|x-amzn?-request-?id|x-amz-checksum-.*)$/;

const NOTHING: Details = {
  request: undefined,
  status: undefined,
  headers: [],
  body: 0,
  algorithm: undefined,
  inputs: [],
  outputs: [],
  facts: [],
  carries: [],
};

const lengths = (bytes: Readonly<Record<string, Uint8Array>>): Length[] =>
  Object.entries(bytes).map(([name, { length }]) => ({ name, length }));

export function detailsOf(step: Step): Details {
  if (step.kind === 'deed') {
    const { algorithm, inputs, outputs, facts } = step;
    return {
      ...NOTHING,
      algorithm,
      inputs: lengths(inputs),
      outputs: lengths(outputs),
      facts: Object.entries(facts),
    };
  }
  const { message, cargo } = step;
  return {
    ...NOTHING,
    request: step.kind === 'request' ? `${step.message.method} ${step.message.path}` : undefined,
    status: step.kind === 'response' ? step.message.status : undefined,
    headers: Object.entries(message.headers).filter(([name]) => !PLAIN.test(name)),
    body: message.body.length,
    carries: cargo,
  };
}

const LONGEST = 72;

/** A long value, cut where reading it helps nobody. The whole of it is in the inspector. */
export const shortened = (value: string): { text: string; cut: boolean } => {
  const characters = [...value];
  return characters.length <= LONGEST
    ? { text: value, cut: false }
    : { text: `${characters.slice(0, LONGEST - 12).join('')}…`, cut: true };
};
