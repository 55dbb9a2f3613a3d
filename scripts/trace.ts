// `npm run trace -- <flow> [options]`: the same run as on the page, as text or as one JSON document.
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import {
  captionOf,
  DEFAULT_OWN,
  DEFAULT_SEED,
  FAULT_IDS,
  type FaultId,
  FLOW_IDS,
  FLOWS,
  type FlowId,
  type OwnInput,
  type Run,
  runScenario,
  type VariantId,
  verdictOf,
  visibleAt,
} from '../src/flows';
import {
  type Bytes,
  DEPTHS,
  type Depth,
  type NamedBytes,
  type Step,
  toBase64,
  toHex,
} from '../src/sim';
import { captionText, createWords } from '../src/words';

const words = createWords();

class Usage extends Error {}

const listed = (names: readonly string[]): string => names.join(', ');

function oneOf<T extends string>(what: string, name: string, names: readonly T[]): T {
  const found = names.find((n) => n === name);
  if (found === undefined) throw new Usage(`Unknown ${what} '${name}'. There is: ${listed(names)}`);
  return found;
}

function options(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        chapter: { type: 'string' },
        variant: { type: 'string' },
        fault: { type: 'string' },
        seed: { type: 'string' },
        text: { type: 'string' },
        file: { type: 'string' },
        level: { type: 'string' },
        json: { type: 'boolean' },
        list: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    throw new Usage(`${(error as Error).message.split('. ')[0]}. Try: npm run trace -- --help`);
  }
}

const HELP = `npm run trace -- <flow> [--chapter put|get] [--variant v] [--fault f] [--seed s]
                 [--text t | --file f] [--level overview|standard|deep] [--json]
npm run trace -- --list    names flows, variants and faults`;

function list(): string {
  const lines = Object.values(FLOWS).flatMap((flow) => [
    flow.id,
    ...flow.variants.map((v) => `  ${v.id.padEnd(16)} faults: ${listed(v.faults)}`),
  ]);
  return lines.join('\n');
}

function ownInput({ text, file }: { text?: string; file?: string }): OwnInput {
  if (text !== undefined && file !== undefined) throw new Usage('Give --text or --file, not both.');
  if (text !== undefined) return { ...DEFAULT_OWN, object: new TextEncoder().encode(text) };
  if (file === undefined) return DEFAULT_OWN;
  try {
    return { ...DEFAULT_OWN, object: new Uint8Array(readFileSync(file)) };
  } catch (error) {
    throw new Usage(`The file cannot be read: ${(error as Error).message}`);
  }
}

const hexed = (bytes: NamedBytes): Record<string, string> =>
  Object.fromEntries(Object.entries(bytes).map(([name, value]) => [name, toHex(value)]));

const base64 = (bytes: Bytes): string => toBase64(bytes);

/** One step as JSON. `message` and `deed` are present according to the kind. */
function stepJson(run: Run, step: Step) {
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
  const message = { ...first, headers, bodyBase64: base64(body) };
  return { ...common, from: step.from, to: step.to, operation: step.operation, message };
}

const inChapter = (chapter: string | undefined) => (step: Step) =>
  chapter === undefined || step.chapter === chapter;

function asJson(run: Run, steps: readonly Step[]): string {
  const { scenario, trace } = run;
  const { flow, variant, fault, seed } = scenario;
  return JSON.stringify(
    {
      flow,
      variant,
      fault: fault ?? null,
      seed,
      verdict: verdictOf(run) ?? null,
      steps: steps.map((step) => stepJson(run, step)),
      secrets: trace.secrets.map(({ id, kind, bytes }) => ({ id, thing: kind, hex: toHex(bytes) })),
    },
    undefined,
    2,
  );
}

function asText(run: Run, steps: readonly Step[]): string {
  const { flow, variant, fault, seed } = run.scenario;
  const lines = [
    `${words.t(`flow ${flow}`, { ns: 'flows' })}, ${words.t(`variant ${variant}`, { ns: 'flows' })}${fault ? `, ${words.t(`fault ${fault}`, { ns: 'faults' })}` : ''}, seed ${seed}`,
  ];
  let chapter = '';
  for (const step of steps) {
    if (step.chapter !== chapter) {
      chapter = step.chapter;
      lines.push('', words.t(`chapter ${chapter}`, { ns: 'flows' }));
    }
    const mark = step.failed ? ' ✗' : '';
    lines.push(
      `${String(step.index).padStart(4)}  ${step.key}${mark}`,
      `      ${captionText(words, captionOf(run, step))}`,
    );
  }
  const verdict = verdictOf(run);
  if (verdict) {
    const id = verdict.kind === 'caught' ? `caught ${verdict.by}` : `unnoticed ${verdict.object}`;
    lines.push('', words.t(id, { ns: 'faults' }));
  }
  return lines.join('\n');
}

async function main(args: readonly string[]): Promise<string> {
  const { values, positionals } = options(args);
  if (values.help) return HELP;
  if (values.list) return list();
  const [name, ...rest] = positionals;
  if (name === undefined || rest.length > 0) throw new Usage(`Name one flow: ${listed(FLOW_IDS)}`);
  const flow: FlowId = oneOf('flow', name, FLOW_IDS);
  const variants = FLOWS[flow].variants;
  const variant: VariantId = values.variant
    ? oneOf(
        `variant of ${flow}`,
        values.variant,
        variants.map(({ id }) => id),
      )
    : variants[0].id;
  const possible = variants.find(({ id }) => id === variant)?.faults ?? FAULT_IDS;
  const fault: FaultId | undefined = values.fault
    ? oneOf(`fault of ${flow}`, values.fault, possible)
    : undefined;
  const level: Depth = oneOf('level', values.level ?? (values.json ? 'deep' : 'standard'), DEPTHS);
  const chapter = values.chapter && oneOf('chapter', values.chapter, ['put', 'get']);
  const run = await runScenario({
    flow,
    variant,
    fault,
    seed: values.seed ?? DEFAULT_SEED,
    own: ownInput(values),
  });
  const shown = visibleAt(run.trace, level).map((index) => run.trace.steps[index] as Step);
  const steps = shown.filter(inChapter(chapter));
  return values.json ? asJson(run, steps) : asText(run, steps);
}

try {
  process.stdout.write(`${await main(process.argv.slice(2))}\n`);
} catch (error) {
  if (!(error instanceof Usage)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
}
