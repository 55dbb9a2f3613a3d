// `npm run trace -- <flow> [options]`: the same run as on the page, as text or as one JSON document.
import { once } from 'node:events';
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { parseArgs } from 'node:util';
import {
  DEFAULT_OWN,
  DEFAULT_SEED,
  FAULT_IDS,
  type FaultId,
  FLOW_IDS,
  FLOWS,
  type FlowId,
  type OwnInput,
  runScenario,
  type VariantId,
  visibleAt,
} from '../src/flows';
import { type Bytes, DEPTHS, type Depth, type Step } from '../src/sim';
import { asJson, asText } from './trace-output';

const LARGEST = 64 * 1024 * 1024;
/** Characters that are written at once. */
const WRITTEN = 1 << 18;

/** Something is wrong with what was asked: one line, exit code 2. */
class Usage extends Error {}

const OPTIONS = {
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
} as const;

const HELP = `npm run trace -- <flow> [--chapter put|get] [--variant v] [--fault f] [--seed s]
                 [--text t | --file f] [--level overview|standard|deep] [--json]
npm run trace -- --list    names flows, variants and faults
`;

const listed = (names: readonly string[]): string => names.join(', ');

function oneOf<T extends string>(what: string, name: string, names: readonly T[]): T {
  const found = names.find((n) => n === name);
  if (found === undefined) throw new Usage(`Unknown ${what} '${name}'. There is: ${listed(names)}`);
  return found;
}

function options(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], allowPositionals: true, options: OPTIONS });
  } catch (error) {
    const [first] = (error as Error).message.split(/\.\s|\.$/);
    const all = Object.keys(OPTIONS).map((name) => `--${name}`);
    throw new Usage(`${first}. There is: ${listed(all)}`);
  }
}

function list(): string {
  const lines = Object.values(FLOWS).flatMap((flow) => [
    flow.id,
    ...flow.variants.map((v) => `  ${v.id.padEnd(16)} faults: ${listed(v.faults)}`),
  ]);
  return `${lines.join('\n')}\n`;
}

const TOO_LARGE = `it is larger than ${LARGEST / 1024 / 1024} MiB`;
const UNREADABLE: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'permission is denied',
};

function readFile(file: string): Bytes {
  const refuse = (why: string) => new Usage(`The file '${file}' cannot be read: ${why}.`);
  let descriptor: number | undefined;
  try {
    descriptor = openSync(file, 'r');
    const stat = fstatSync(descriptor);
    if (stat.isDirectory()) throw refuse('it is a directory');
    if (stat.size > LARGEST) throw refuse(TOO_LARGE);
    const parts: Buffer[] = [];
    let length = 0;
    for (;;) {
      const part = Buffer.allocUnsafe(Math.max(stat.size, 1 << 16));
      const count = readSync(descriptor, part);
      if (count === 0) break;
      length += count;
      if (length > LARGEST) throw refuse(TOO_LARGE);
      parts.push(part.subarray(0, count));
    }
    return new Uint8Array(Buffer.concat(parts));
  } catch (error) {
    if (error instanceof Usage) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    throw refuse(UNREADABLE[code ?? ''] ?? message);
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

function ownInput({ text, file }: { text?: string; file?: string }): OwnInput {
  if (text !== undefined && file !== undefined) throw new Usage('Give --text or --file, not both.');
  if (text !== undefined) return { ...DEFAULT_OWN, object: new TextEncoder().encode(text) };
  return file === undefined ? DEFAULT_OWN : { ...DEFAULT_OWN, object: readFile(file) };
}

async function trace(args: readonly string[]): Promise<Iterable<string>> {
  const { values, positionals } = options(args);
  if (values.help) return [HELP];
  if (values.list) return [list()];
  const [name, ...rest] = positionals;
  if (name === undefined || rest.length > 0)
    throw new Usage(`Name one flow. There is: ${listed(FLOW_IDS)}`);
  const flow: FlowId = oneOf('flow', name, FLOW_IDS);
  const variants = FLOWS[flow].variants;
  const variantIds = variants.map(({ id }) => id);
  const variant: VariantId = oneOf(
    `variant of ${flow}`,
    values.variant ?? variants[0].id,
    variantIds,
  );
  const possible = variants.find(({ id }) => id === variant)?.faults ?? FAULT_IDS;
  const fault: FaultId | undefined =
    values.fault === undefined
      ? undefined
      : oneOf(`fault of ${flow} ${variant}`, values.fault, possible);
  const level: Depth = oneOf('level', values.level ?? (values.json ? 'deep' : 'standard'), DEPTHS);
  const chapter =
    values.chapter === undefined ? undefined : oneOf('chapter', values.chapter, ['put', 'get']);
  const seed = values.seed ?? DEFAULT_SEED;
  const run = await runScenario({ flow, variant, fault, seed, own: ownInput(values) });
  const steps = visibleAt(run.trace, level)
    .map((index) => run.trace.steps[index] as Step)
    .filter((step) => chapter === undefined || step.chapter === chapter);
  return values.json ? asJson(run, steps) : asText(run, steps);
}

async function write(pieces: Iterable<string>): Promise<void> {
  const { stdout } = process;
  // Whoever reads may have seen enough: `… | head`.
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit();
  });
  let waiting = '';
  for (const piece of pieces) {
    waiting += piece;
    if (waiting.length < WRITTEN) continue;
    if (!stdout.write(waiting)) await once(stdout, 'drain');
    waiting = '';
  }
  stdout.write(waiting);
}

try {
  await write(await trace(process.argv.slice(2)));
} catch (error) {
  if (!(error instanceof Usage)) throw error;
  process.stderr.write(`${error.message.replace(/\s*[\r\n]+\s*/g, ' ')}\n`);
  process.exitCode = 2;
}
