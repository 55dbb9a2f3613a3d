// What somebody has at a vantage, out of the recording and nowhere else.
import {
  type ActorId,
  type Bytes,
  fromBase64,
  fromUtf8,
  type RequestStep,
  type ResponseStep,
  readJson,
  type Step,
  type Trace,
} from '../../sim';
import type { VantageId } from './types';

export interface Found {
  readonly name: string;
  readonly bytes: Bytes;
  /** Which message, record or memory it lay in: ivs and contexts are looked for in the same. */
  readonly source: string;
  readonly step: number;
}

type MessageStep = RequestStep | ResponseStep;

const BASE64 = /^[A-Za-z0-9+/]{16,}={0,2}$/;

function decoded(text: string): Bytes | undefined {
  if (!BASE64.test(text) || text.length % 4 !== 0) return undefined;
  try {
    return fromBase64(text);
  } catch {
    return undefined;
  }
}

/** Everything in a message that may be a key or be encrypted: its body, and what is in base64 in headers and fields. */
export function valuesIn(message: MessageStep['message'], source: string, step: number): Found[] {
  const found: Found[] = [];
  const add = (name: string, bytes: Bytes | undefined): void => {
    if (bytes && bytes.length > 0) found.push({ name, bytes, source, step });
  };
  const { headers, body } = message;
  const fields = headers['content-type']?.includes('json') ? readJson(body) : undefined;
  if (fields) {
    for (const [name, value] of Object.entries(fields))
      if (typeof value === 'string') add(name, decoded(value));
      else if (value && typeof value === 'object') add(name, fromUtf8(JSON.stringify(value)));
  } else add('body', body);
  for (const [name, value] of Object.entries(headers))
    add(name, value.startsWith('{') ? fromUtf8(value) : decoded(value));
  return found;
}

const YOURS: readonly ActorId[] = ['you', 'client'];
const AWS: readonly ActorId[] = ['s3', 'kms'];
const isStory = ({ chapter }: Step): boolean => chapter === 'put' || chapter === 'get';

/** Messages that pass between your side and AWS while the object is stored and fetched. */
export const onTheWire = ({ steps }: Trace): MessageStep[] =>
  steps.filter(
    (step): step is MessageStep =>
      step.kind !== 'deed' &&
      isStory(step) &&
      ((YOURS.includes(step.from) && AWS.includes(step.to)) ||
        (AWS.includes(step.from) && YOURS.includes(step.to))),
  );

/** The last record that was written at each place, by its path. */
function onTheDisks({ steps }: Trace): MessageStep[] {
  const records = new Map<string, RequestStep>();
  for (const step of steps)
    if (step.kind === 'request' && step.key === 's3 -> storage WriteObject')
      records.set(step.message.path, step);
  return [...records.values()];
}

/** Secrets that actors can read after a step, and what they keep. */
function inMemory({ steps, secrets }: Trace, at: number, actors: readonly ActorId[]): Found[] {
  const now = steps[at];
  if (!now) return [];
  const ids = new Set(actors.flatMap((actor) => now.knows[actor]));
  return secrets
    .filter(({ id }) => ids.has(id))
    .map(({ id, bytes }) => ({ name: id, bytes, source: 'memory', step: at }));
}

/** What lies before S3 in the request that it is at work on: the messages of the call that is under way. */
function heldBy({ steps }: Trace, at: number, actor: ActorId): MessageStep[] {
  const answered = new Set<number>();
  const open: MessageStep[] = [];
  for (const step of steps.slice(0, at + 1)) {
    if (step.kind === 'deed') continue;
    if (step.kind === 'response') answered.add(step.answers);
    if (step.to === actor || step.from === actor) open.push(step);
  }
  const current = open.findLast(
    (step) => step.kind === 'request' && step.to === actor && !answered.has(step.index),
  );
  return current ? open.filter(({ index }) => index >= current.index) : [];
}

const all = (messages: readonly MessageStep[]): Found[] =>
  messages.flatMap((step) => valuesIn(step.message, `step ${step.index}`, step.index));

/** `at`: the step whose moment it is, for what is in memory. */
export function havesOf(trace: Trace, vantage: VantageId, at: number): Found[] {
  switch (vantage) {
    case 'wire':
      return all(onTheWire(trace));
    case 'disk':
      return all(onTheDisks(trace));
    case 'memory':
      return [...inMemory(trace, at, ['s3']), ...all(heldBy(trace, at, 's3'))];
    case 'client':
      return inMemory(trace, at, YOURS);
    default:
      return []; // nothing to begin with: who has credentials asks for the rest
  }
}
