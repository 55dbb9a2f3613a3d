// Where each byte of a message comes from, and where it goes. Looked for in the recording first; a rule speaks only for
// what a protocol fixes or an actor puts together without a recorded deed.
//   a hop back = the latest earlier step at the sender's desk that has the bytes: a deed of its own, or a message to it
import {
  type ActorId,
  type Bytes,
  type DeedStep,
  fromBase64,
  fromUtf8,
  type Step,
  sameBytes,
  type Trace,
  toUtf8,
} from '../../sim';
import type { OwnInput, Run } from '../types';
import {
  type Form,
  type Layout,
  layoutOf,
  type MessageStep,
  type Range,
  type View,
} from './layout';

export type Protocol = 'HTTP' | 'S3 API' | 'KMS API' | 'our format';
export type Computed =
  | 'length'
  | 'date'
  | 'request id'
  | 'md5'
  | 'checksum'
  | 'etag'
  | 'canonical context';

export type Origin =
  | { readonly kind: 'input'; readonly what: keyof OwnInput }
  | { readonly kind: 'constant'; readonly of: Protocol }
  /** Drawn at random: in a deed of its own (an output), or for the deed that takes it (an input). */
  | { readonly kind: 'random'; readonly step: number; readonly name: string }
  | { readonly kind: 'made'; readonly step: number; readonly name: string }
  | { readonly kind: 'computed'; readonly what: Computed }
  | { readonly kind: 'carried'; readonly step: number; readonly form: Form }
  /** The sender put it together, and no deed of it is recorded. */
  | { readonly kind: 'written'; readonly by: ActorId };

export interface NamedRange extends Range {
  readonly origin: Origin;
}

/** Shorter ones are found anywhere by chance: only the field of the same name counts. */
const LEAST = 8;
/** In longer ones bytes are looked for at the beginning and the end only. */
const MOST = 1024 * 1024;

interface Whole {
  readonly of: string;
  readonly form: Form;
  readonly bytes: Bytes;
  /** Each byte a character; undefined for a long one. */
  readonly text: string | undefined;
}

const latin = new TextDecoder('latin1');
const textOf = (bytes: Uint8Array): string | undefined =>
  bytes.length > MOST ? undefined : latin.decode(bytes);
const whole = (of: string, form: Form, bytes: Bytes): Whole => ({
  of,
  form,
  bytes,
  text: textOf(bytes),
});

const isValue = (range: Range): boolean =>
  ['bucket', 'object name', 'header value', 'field value', 'query', 'body'].includes(range.name);

const wholes = new WeakMap<Step, readonly Whole[]>();

/** Everything in a message in which bytes can lie: each value, decoded, the parts of one also together, and the body. */
function wholesOf(trace: Trace, step: MessageStep): readonly Whole[] {
  const known = wholes.get(step);
  if (known) return known;
  const { ranges } = layoutOf(trace, step);
  const found = ranges
    .filter((range) => isValue(range))
    .map((range) => whole(range.of, range.form, range.value));
  for (const [of, text] of Object.entries(step.message.headers)) {
    found.push(whole(of, 'raw', fromUtf8(text)));
    if (ranges.some((range) => range.of === of && range.form === 'base64'))
      found.push(whole(of, 'base64', fromBase64(text)));
  }
  if (step.message.body.length > 0) found.push(whole('', 'raw', step.message.body));
  wholes.set(step, found);
  return found;
}

/** Large bodies are recorded without a copy: mostly it is the very same memory, and nothing needs comparing. */
const sameLong = (a: Bytes, b: Bytes): boolean =>
  (a.buffer === b.buffer && a.byteOffset === b.byteOffset && a.length === b.length) ||
  sameBytes(a, b);

/** A long one: at the beginning, at the end, or all of it. */
function holdsLong(bytes: Bytes, value: Bytes): boolean {
  if (value.length > bytes.length) return false;
  const rest = bytes.length - value.length;
  return (
    sameLong(bytes.subarray(0, value.length), value) ||
    (rest > 0 && sameLong(bytes.subarray(rest), value))
  );
}

function holds(one: Whole, value: Bytes, text: string | undefined): boolean {
  if (one.bytes.length < value.length) return false;
  return one.text === undefined || text === undefined
    ? holdsLong(one.bytes, value)
    : one.text.includes(text);
}

const shortName = (of: string): string =>
  of.toLowerCase().replace(/^x-amz-(meta-)?|^sse-|^server-side-encryption-/g, '');

/** The field of the same name, alone or as a pair in JSON. */
const isShort = (one: Whole, of: string, text: string | undefined): boolean =>
  (shortName(one.of) === shortName(of) && one.text === text) ||
  (of !== '' && (one.text?.includes(`"${of}":"${text}"`) ?? false));

function carriedIn(trace: Trace, step: MessageStep, of: string, value: Bytes): Form | undefined {
  const text = textOf(value);
  const all = wholesOf(trace, step);
  const found =
    value.length < LEAST
      ? all.find((one) => isShort(one, of, text))
      : all.find((one) => holds(one, value, text));
  return found?.form;
}

const nameIn = (all: DeedStep['inputs'], value: Bytes): string | undefined => {
  const text = textOf(value);
  return value.length < LEAST
    ? undefined
    : Object.entries(all).find(([, bytes]) => holds(whole('', 'raw', bytes), value, text))?.[0];
};

/** What is drawn when a deed begins, without a deed of its own. */
const DRAWN: readonly string[] = ['iv', 'nonce', 'salt', 'seed'];

function inDeed(step: DeedStep, value: Bytes): Origin | undefined {
  const drawn = nameIn(
    Object.fromEntries(Object.entries(step.inputs).filter(([name]) => DRAWN.includes(name))),
    value,
  );
  if (drawn && value.length >= 12) return { kind: 'random', step: step.index, name: drawn };
  const made = nameIn(step.outputs, value);
  if (!made) return undefined;
  return { kind: step.algorithm === 'random' ? 'random' : 'made', step: step.index, name: made };
}

/** The latest step before one at an actor's desk that has the bytes. */
function found(trace: Trace, actor: ActorId, before: number, of: string, value: Bytes) {
  let drawn: Origin | undefined;
  for (let at = before - 1; at >= 0; at--) {
    const step = trace.steps[at] as Step;
    if (step.kind === 'deed') {
      const origin = step.actor === actor ? inDeed(step, value) : undefined;
      // An iv may have come with a message and only be used here: the message counts.
      const isInput = origin?.kind === 'random' && !(origin.name in step.outputs);
      if (origin && !isInput) return origin;
      if (origin) drawn = origin;
    } else if (step.to === actor) {
      const form = carriedIn(trace, step, of, value);
      if (form) return { kind: 'carried', step: at, form } as const;
    }
  }
  return drawn;
}

const sameText = (value: Bytes, text: string): boolean => sameBytes(value, fromUtf8(text));

function ownInput(own: OwnInput, value: Bytes): Origin | undefined {
  const is = (what: keyof OwnInput): Origin => ({ kind: 'input', what });
  if (sameLong(own.object, value)) return is('object');
  if (own.customerKey && sameBytes(own.customerKey, value)) return is('customerKey');
  if (sameText(value, own.bucket)) return is('bucket');
  if (sameText(value, own.key)) return is('key');
  const said = [...Object.entries(own.context).flat(), JSON.stringify(own.context)];
  return said.some((one) => sameText(value, one)) ? is('context') : undefined;
}

/** What the APIs and formats fix: algorithms, states, the words that are chosen among. */
const FIXED =
  /^(AES256|aws:kms(:dsse)?|AES_256|SYMMETRIC_DEFAULT|ENCRYPT_DECRYPT|Enabled|Disabled|PendingDeletion|CUSTOMER|AWS_KMS|AES\/GCM\/NoPadding|kms\+context|AES\/GCM|RSA-OAEP-SHA1|115|1?2|02|128|FULL_OBJECT|true|false|null|Refused|application\/.*|TrentService\..*)$/;

function protocolOf({ from, to }: MessageStep): Protocol {
  const at = [from, to];
  if (['hsm', 's3-keys', 'storage'].some((one) => at.includes(one as ActorId))) return 'our format';
  if (at.includes('kms')) return 'KMS API';
  return at.includes('s3') ? 'S3 API' : 'our format';
}

const SUMS: readonly [RegExp, Computed][] = [
  [/^object-length$/, 'length'],
  [/^AdditionalAuthenticatedData$/, 'canonical context'],
  [/^content-md5$|key-?md5$/i, 'md5'],
  [/^x-amz-checksum-/, 'checksum'],
  [/^etag$/i, 'etag'],
  [/request-?id$/i, 'request id'],
  [/^(date|last-modified|creationdate|deletiondate)$/i, 'date'],
];

const HTTP_NAMES: readonly string[] = [
  'method',
  'http version',
  'status',
  'reason',
  'separator',
  'line end',
];

function fixed(step: MessageStep, range: Range): Origin | undefined {
  if (HTTP_NAMES.includes(range.name)) return { kind: 'constant', of: 'HTTP' };
  const of = range.name === 'header name' ? toUtf8(range.value) : range.of;
  if (range.name === 'header name' && /^(host|date|etag|content-|last-|location)/.test(of))
    return { kind: 'constant', of: 'HTTP' };
  if (
    ['header name', 'field name', 'markup', 'path', 'host suffix', 'chunk framing'].includes(
      range.name,
    )
  )
    return { kind: 'constant', of: protocolOf(step) };
  if (range.part === 'version') return { kind: 'constant', of: 'our format' };
  if (/^(__type|Code)$/.test(range.of)) return { kind: 'constant', of: protocolOf(step) };
  if (range.name !== 'header value') return undefined;
  if (range.of === 'host') return { kind: 'constant', of: protocolOf(step) };
  if (range.of === 'content-type') return { kind: 'constant', of: 'HTTP' };
  if (range.of === 'content-length') return { kind: 'computed', what: 'length' };
  // A service writes its own date, whatever it was told; only the library hands one on.
  if (range.of === 'date' && step.from !== 'client') return { kind: 'computed', what: 'date' };
  return undefined;
}

/** Where bytes that stand in a message under a name came from, one hop back. */
function whence({ trace, scenario }: Run, step: MessageStep, of: string, value: Bytes): Origin {
  const own = step.from === 'you' ? ownInput(scenario.own, value) : undefined;
  const earlier = own ?? found(trace, step.from, step.index, of, value);
  if (earlier) return earlier;
  const sum = SUMS.find(([name]) => name.test(of));
  if (sum) return { kind: 'computed', what: sum[1] };
  if (value.length < 60 && FIXED.test(toUtf8(value)))
    return { kind: 'constant', of: protocolOf(step) };
  return { kind: 'written', by: step.from };
}

const origins = new WeakMap<Run, Map<number, readonly NamedRange[]>>();

/** All bytes of a message, in order and without a gap, each range with its name and origin. */
export function rangesOf(run: Run, step: MessageStep): readonly NamedRange[] {
  const ofRun = origins.get(run) ?? new Map<number, readonly NamedRange[]>();
  origins.set(run, ofRun);
  const known = ofRun.get(step.index);
  if (known) return known;
  const ranges = layoutOf(run.trace, step).ranges.map((range) => ({
    ...range,
    origin: fixed(step, range) ?? whence(run, step, range.of, range.value),
  }));
  ofRun.set(step.index, ranges);
  return ranges;
}

/** The bytes of a message as serialised. */
export const viewOf = (trace: Trace, step: MessageStep): View =>
  (layoutOf(trace, step) as Layout).view;

/** One step on the way back: the origin that was found in it, and for a deed what went into it. */
export interface Hop {
  readonly origin: Origin;
  readonly inputs: readonly { readonly name: string; readonly step: number | undefined }[];
}

export interface Use {
  readonly step: number;
  readonly how: 'used' | 'carried';
}

export interface Chain {
  /** The nearest first; the last is the root. */
  readonly back: readonly Hop[];
  /** Undefined when it was not looked for: markup, or too few bytes to be told from others. */
  readonly forward: readonly Use[] | undefined;
}

function inputsOf({ trace }: Run, deed: DeedStep): Hop['inputs'] {
  return Object.entries(deed.inputs).map(([name, bytes]) => {
    const origin = found(trace, deed.actor, deed.index, '', bytes);
    return { name, step: origin && 'step' in origin ? origin.step : undefined };
  });
}

/** Back hop by hop to the root, and forward to every later step that has the bytes. */
export function chainOf(run: Run, step: MessageStep, range: NamedRange): Chain {
  const { steps } = run.trace;
  const back: Hop[] = [];
  let origin = range.origin;
  for (;;) {
    const at = 'step' in origin ? steps[origin.step] : undefined;
    back.push({ origin, inputs: at?.kind === 'deed' ? inputsOf(run, at) : [] });
    if (origin.kind !== 'carried' || !at || at.kind === 'deed') break;
    origin = whence(run, at, range.of, range.value);
  }
  const traced = isValue(range) && range.value.length >= LEAST;
  const forward = traced
    ? steps.slice(step.index + 1).flatMap((one) => useIn(run, one, range))
    : undefined;
  return { back, forward };
}

function useIn({ trace }: Run, step: Step, { of, value }: NamedRange): readonly Use[] {
  if (step.kind === 'deed')
    return nameIn(step.inputs, value) ? [{ step: step.index, how: 'used' }] : [];
  return carriedIn(trace, step, of, value) ? [{ step: step.index, how: 'carried' }] : [];
}
