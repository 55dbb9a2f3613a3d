// A run as a transcript or as one JSON document, in pieces: the bytes of a large object would not fit in one string.
import { captionOf, type Run, verdictOf, whyOf } from '../src/flows';
import type { Bytes, NamedBytes, Step } from '../src/sim';
import { captionText } from '../src/words';
import { createWords } from '../src/words/all';

type Pieces = Iterable<string>;

const words = createWords();

/** Bytes at a time; a multiple of 3, so that pieces of base64 join without padding between them. */
const PART = 3 << 16;

/** Stands in a document for bytes, and is written as their hex or base64. */
class Encoded {
  readonly bytes: Bytes;
  readonly encoding: 'hex' | 'base64';

  constructor(bytes: Bytes, encoding: 'hex' | 'base64') {
    this.bytes = bytes;
    this.encoding = encoding;
  }

  *pieces(): Pieces {
    const all = Buffer.from(this.bytes.buffer, this.bytes.byteOffset, this.bytes.length);
    for (let at = 0; at < all.length; at += PART)
      yield all.subarray(at, at + PART).toString(this.encoding);
  }
}

const isList = (value: object): value is Iterable<unknown> => Symbol.iterator in value;

/** JSON as `JSON.stringify(value, undefined, 2)` writes it. Any iterable is a list; nothing is undefined. */
function* json(value: unknown, indent = ''): Pieces {
  if (value instanceof Encoded) {
    yield '"';
    yield* value.pieces();
    yield '"';
    return;
  }
  if (typeof value !== 'object' || value === null) {
    yield JSON.stringify(value);
    return;
  }
  const list = isList(value);
  const inner = `${indent}  `;
  let empty = true;
  for (const entry of list ? value : Object.entries(value)) {
    yield `${empty ? (list ? '[' : '{') : ','}\n${inner}`;
    empty = false;
    if (list) yield* json(entry, inner);
    else {
      const [name, field] = entry as [string, unknown];
      yield `${JSON.stringify(name)}: `;
      yield* json(field, inner);
    }
  }
  if (empty) yield list ? '[]' : '{}';
  else yield `\n${indent}${list ? ']' : '}'}`;
}

const hexed = (bytes: NamedBytes): Record<string, Encoded> =>
  Object.fromEntries(
    Object.entries(bytes).map(([name, value]) => [name, new Encoded(value, 'hex')]),
  );

/** One step. `message` and `deed` are present according to the kind. */
function stepOf(run: Run, step: Step) {
  const common = {
    index: step.index,
    key: step.key,
    kind: step.kind,
    chapter: step.chapter,
    at: step.at,
    depth: step.depth,
    caption: captionText(words, captionOf(run, step)),
    failed: step.failed,
    knows: step.knows,
  };
  if (step.kind === 'deed') {
    const { actor, algorithm, inputs, outputs, facts } = step;
    const deed = { algorithm, inputs: hexed(inputs), outputs: hexed(outputs), facts };
    return { ...common, from: actor, to: actor, operation: `${step.deed} ${step.thing}`, deed };
  }
  const { headers, body } = step.message;
  const first =
    step.kind === 'request'
      ? { method: step.message.method, path: step.message.path }
      : { status: step.message.status };
  const message = { ...first, headers, bodyBase64: new Encoded(body, 'base64') };
  return { ...common, from: step.from, to: step.to, operation: step.operation, message };
}

function* stepsOf(run: Run, steps: readonly Step[]) {
  for (const step of steps) yield stepOf(run, step);
}

export function* asJson(run: Run, steps: readonly Step[]): Pieces {
  const { scenario, trace } = run;
  const { flow, variant, fault, seed } = scenario;
  yield* json({
    flow,
    variant,
    fault: fault ?? null,
    seed,
    verdict: verdictOf(run) ?? null,
    steps: stepsOf(run, steps),
    secrets: trace.secrets.map(({ id, kind, bytes }) => ({
      id,
      thing: kind,
      hex: new Encoded(bytes, 'hex'),
    })),
  });
  yield '\n';
}

export function* asText(run: Run, steps: readonly Step[]): Pieces {
  const { flow, variant, fault, seed } = run.scenario;
  const named = [
    words.t(`flow ${flow}`, { ns: 'flows' }),
    words.t(`variant ${variant}`, { ns: 'flows' }),
    ...(fault ? [words.t(`fault ${fault}`, { ns: 'faults' })] : []),
    `seed ${seed}`,
  ];
  yield `${named.join(', ')}\n`;
  let chapter = '';
  for (const step of steps) {
    if (step.chapter !== chapter) {
      chapter = step.chapter;
      yield `\n${words.t(`chapter ${chapter}`, { ns: 'flows' })}\n`;
    }
    yield `${String(step.index).padStart(4)}  ${step.key}${step.failed ? ' ✗' : ''}\n`;
    yield `      ${captionText(words, captionOf(run, step))}\n`;
  }
  const verdict = verdictOf(run);
  if (!verdict) return;
  const id = verdict.kind === 'caught' ? `caught ${verdict.by}` : `unnoticed ${verdict.object}`;
  yield `\n${words.t(id, { ns: 'faults' })}\n${words.t([...whyOf(run)], { ns: 'faults' })}\n`;
}
