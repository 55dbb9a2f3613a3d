// What a command line asks for: a run of a flow and what to show of it. Names are checked here, and the file is read.
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { parseArgs } from 'node:util';
import {
  DEFAULT_OWN,
  DEFAULT_SEED,
  FLOW_IDS,
  FLOWS,
  LARGEST_ARCHIVED,
  type OwnInput,
  type Scenario,
} from '../src/flows';
import { type Bytes, type ChapterId, DEPTHS, type Depth } from '../src/sim';

export interface TraceRequest {
  readonly scenario: Scenario;
  readonly level: Depth;
  /** All chapters when absent. */
  readonly chapter: ChapterId | undefined;
  /** `cloudtrail`: the log of it; `cloudtrail with data events`: with the calls about S3 objects. */
  readonly as: 'text' | 'json' | 'cloudtrail' | 'cloudtrail with data events';
  /** Where to write all of the run as a zip, instead. */
  readonly zip: string | undefined;
}

const LARGEST = 64 * 1024 * 1024;
/** Something is wrong with what was asked: one line, exit code 2. */
export class Usage extends Error {}

const OPTIONS = {
  chapter: { type: 'string' },
  variant: { type: 'string' },
  fault: { type: 'string' },
  seed: { type: 'string' },
  text: { type: 'string' },
  file: { type: 'string' },
  level: { type: 'string' },
  json: { type: 'boolean' },
  cloudtrail: { type: 'boolean' },
  'data-events': { type: 'boolean' },
  zip: { type: 'string' },
  list: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

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

function formOf(values: {
  json?: boolean;
  cloudtrail?: boolean;
  'data-events'?: boolean;
}): TraceRequest['as'] {
  const { json, cloudtrail, 'data-events': dataEvents } = values;
  if (json && cloudtrail) throw new Usage('Give --json or --cloudtrail, not both.');
  if (dataEvents && !cloudtrail) throw new Usage('Give --data-events with --cloudtrail.');
  if (cloudtrail) return dataEvents ? 'cloudtrail with data events' : 'cloudtrail';
  return json ? 'json' : 'text';
}

export function readRequest(args: readonly string[]): TraceRequest | 'help' | 'list' {
  const { values, positionals } = options(args);
  if (values.help) return 'help';
  if (values.list) return 'list';
  const [name, ...rest] = positionals;
  if (name === undefined || rest.length > 0)
    throw new Usage(`Name one flow. There is: ${listed(FLOW_IDS)}`);
  const flow = oneOf('flow', name, FLOW_IDS);
  const { variants } = FLOWS[flow];
  const ids = variants.map(({ id }) => id);
  const variant = oneOf(`variant of ${flow}`, values.variant ?? variants[0].id, ids);
  const faults = variants.find(({ id }) => id === variant)?.faults ?? [];
  const fault =
    values.fault === undefined
      ? undefined
      : oneOf(`fault of ${flow} ${variant}`, values.fault, faults);
  const as = formOf(values);
  const level = oneOf('level', values.level ?? (as === 'text' ? 'standard' : 'deep'), DEPTHS);
  const chapter =
    values.chapter === undefined
      ? undefined
      : oneOf('chapter', values.chapter, ['put', 'get'] as const);
  const seed = values.seed ?? DEFAULT_SEED;
  const { zip } = values;
  if (zip !== undefined && (as !== 'text' || chapter || values.level))
    throw new Usage('Give --zip alone: it has the whole run, in every form.');
  const scenario = { flow, variant, fault, seed, own: ownInput(values) };
  if (zip !== undefined && scenario.own.object.length > LARGEST_ARCHIVED)
    throw new Usage(`An object for --zip may have up to ${LARGEST_ARCHIVED / 1024 / 1024} MiB.`);
  return { scenario, level, chapter, as, zip };
}
