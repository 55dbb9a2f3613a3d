// Which words go with a step. The words are in the catalogues; here is only which entry, and what to fill in from the
// step. Ids are tried in order: the more particular first, and the last one always exists.
import { fromUtf8, readJson, type Step, sameBytes, toUtf8, unreachable } from '../sim';
import type { CaptionId } from '../words/types';
import { variantOf } from './outline';
import type { Run, Story } from './types';

export interface Caption {
  readonly ids: readonly string[];
  readonly values: Readonly<Record<string, string>>;
}

/** The entry that fits any step of a kind, so that whatever happens is narrated. */
function anyStep(step: Step): CaptionId {
  switch (step.kind) {
    case 'request':
      return 'any request';
    case 'response':
      return step.failed ? 'any failed response' : 'any response';
    case 'deed':
      return step.failed ? 'any failed deed' : 'any deed';
    default:
      return unreachable(step);
  }
}

/** The request with which you store an object, the nearest before a step in its chapter. */
function putOf(run: Run, step: Step): Step | undefined {
  const { steps, chapters } = run.trace;
  const start = chapters.find(({ id }) => id === step.chapter)?.start ?? 0;
  for (let i = step.index; i >= start; i--) {
    if (steps[i]?.key === 'you -> client PutObject') return steps[i];
  }
  return undefined;
}

/** The caption that the story itself gives a step: the second of a key in the trace is the second in the story. */
function told(run: Run, step: Step): CaptionId | undefined {
  const { chapters, steps } = run.trace;
  // What a fault changes is in no story, but for a second object, which is stored as the first was.
  const chapter = step.chapter === 'change' ? 'put' : step.chapter;
  const start =
    step.chapter === 'change'
      ? putOf(run, step)?.index
      : chapters.find(({ id }) => id === chapter)?.start;
  if (start === undefined) return undefined;
  const before = steps.slice(start, step.index).filter(({ key }) => key === step.key).length;
  const story: Story = variantOf(run.scenario).story[chapter];
  const lines = story.filter((line) => (typeof line === 'string' ? line : line[0]) === step.key);
  const line = lines[before];
  return typeof line === 'string' ? undefined : line?.[1];
}

const ERROR_CODE = /<Code>([^<]*)<\/Code>/;
const ENTITIES: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&apos;': "'",
  '&amp;': '&',
};
const unescaped = (text: string): string => text.replace(/&\w+;/g, (e) => ENTITIES[e] ?? e);

/** The error code in an answer of S3 (XML), KMS (`__type`) or the client library (`name`). */
function errorOf(body: Uint8Array<ArrayBuffer>): { code: string; message: string } {
  if (body.length > 8192) return { code: '', message: '' };
  const text = toUtf8(body);
  const json = readJson(fromUtf8(text));
  const code = ERROR_CODE.exec(text)?.[1] ?? String(json?.__type ?? json?.name ?? '');
  const inXml = /<Message>([^<]*)<\/Message>/.exec(text)?.[1];
  return {
    code,
    message: inXml === undefined ? String(json?.message ?? '') : unescaped(inXml),
  };
}

/** What an answer says about itself; empty strings for a step that is no answer. */
export function answerOf(step: Step): { status: string; code: string; message: string } {
  if (step.kind !== 'response') return { status: '', code: '', message: '' };
  const error = step.failed ? errorOf(step.message.body) : { code: '', message: '' };
  return { status: String(step.message.status), ...error };
}

function valuesOf(step: Step): Record<string, string> {
  if (step.kind === 'deed') {
    const made = Object.values(step.outputs).at(-1);
    const length = made ? { length: String(made.length) } : {};
    return { ...step.facts, ...length, actor: step.actor, deed: step.deed, thing: step.thing };
  }
  return { ...answerOf(step), from: step.from, to: step.to, operation: step.operation };
}

/** True when a GET has ended and returned another object than yours. */
export const returnsAnother = (run: Run, step: Step): boolean =>
  step.key === 'you <- client GetObject' &&
  step.kind === 'response' &&
  !step.failed &&
  !sameBytes(step.message.body, run.scenario.own.object);

/** Where a key of yours travels: in a call of the client library, in a request to S3. */
const OWN_KEY_NAMES = [
  'WrappingKey',
  'SSECustomerKey',
  'x-amz-server-side-encryption-customer-key',
];

/** What a step alone says, apart from its key, that makes it another thing to tell. */
function ownCircumstances(step: Step): string[] {
  const found: string[] = [];
  if (step.kind === 'deed') {
    if (step.facts.via !== undefined) found.push('through S3');
    if (step.facts.blockedEncryptionTypes !== undefined) found.push('blocked');
    if (step.facts.part !== undefined) found.push('part');
    if (step.facts.restored !== undefined) found.push('older');
    if (step.thing === 'identity policy' && step.facts.without === undefined) found.push('written');
  } else if (step.kind === 'response') {
    if (step.message.headers.exception !== undefined) found.push('exception');
  } else if (step.to === 'storage' && step.message.path.startsWith('/.uploads/')) {
    found.push('part');
  } else if (step.operation === 'GetObject') {
    const { headers } = step.message;
    if (!OWN_KEY_NAMES.some((name) => headers[name] !== undefined)) found.push('no key');
  } else if (step.operation === 'PutBucketEncryption') {
    const blocks = toUtf8(step.message.body).includes('<EncryptionType>SSE-C</EncryptionType>');
    if (blocks) found.push('blocks SSE-C');
  }
  return found;
}

/** The same for a step of a run. */
function circumstances(run: Run, step: Step): string[] {
  const found: string[] = [];
  if (returnsAnother(run, step)) found.push('other');
  const put = putOf(run, step);
  if (put?.kind === 'request' && put.message.headers.Key !== run.scenario.own.key)
    found.push('second');
  return [...found, ...ownCircumstances(step), step.chapter];
}

const keysOf = (step: Step, circumstances: readonly string[]): readonly string[] => {
  const key = step.failed ? `failed: ${step.key}` : step.key;
  return [...circumstances.map((c) => `${key} (${c})`), key];
};

/** Entries are named `flow/variant: key (circumstance)`, with or without the parts around the key. */
export function captionOf(run: Run, step: Step): Caption {
  if (run.outside) return captionOutsideFlows(step);
  const { flow, variant } = run.scenario;
  const own = step.failed ? undefined : told(run, step);
  const keys = keysOf(step, circumstances(run, step));
  const prefixes = [`${flow}/${variant}: `, `${flow}: `, ''];
  return {
    ids: [
      ...(own ? [own] : []),
      ...prefixes.flatMap((prefix) => keys.map((k) => `${prefix}${k}`)),
      anyStep(step),
    ],
    values: valuesOf(step),
  };
}

function anyStepOfYours(step: Step): CaptionId[] {
  if (step.kind === 'request' && step.from === 'you') return ['outside: any request'];
  return step.kind === 'response' && step.to === 'you' && !step.failed
    ? ['outside: any response']
    : [];
}

/** The caption of a step that belongs to no flow: somebody's own request. */
export function captionOutsideFlows(step: Step): Caption {
  const keys = keysOf(step, ownCircumstances(step));
  return {
    ids: [...keys.map((key) => `outside: ${key}`), ...anyStepOfYours(step), ...keys, anyStep(step)],
    values: valuesOf(step),
  };
}
