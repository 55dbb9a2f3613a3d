// What the command line asks for.
import { parseArgs } from 'node:util';
import { DEFAULT_SEED } from '../src/flows';

export interface EndpointOptions {
  readonly port: number;
  readonly seed: string;
  readonly tls: boolean;
  readonly strict: boolean;
  /** Folder of the built page, when requests are to be watched in it. */
  readonly live?: string;
}

/** Something is wrong with what was asked: one line, exit code 2. */
export class Usage extends Error {}

const DEFAULT_PORT = 9000;

export const USAGE = `npm run cloud -- [--port ${DEFAULT_PORT}] [--seed ${DEFAULT_SEED}] [--tls] [--strict-transport] [--open]
  --port              where to listen on 127.0.0.1; 0 takes any free port
  --seed              what all keys and random bytes are made from
  --tls               HTTPS, with a certificate made for this run
  --strict-transport  plain HTTP counts as insecure, although it does not leave this machine
  --open              builds the page and opens it: requests play on the stage as they arrive
`;

export function readOptions(args: readonly string[]): EndpointOptions | 'help' {
  let values: ReturnType<typeof parse>;
  try {
    values = parse(args);
  } catch (error) {
    throw new Usage((error as Error).message.split(/\.\s/)[0]);
  }
  if (values.help) return 'help';
  const text = values.port ?? String(DEFAULT_PORT);
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (!(port <= 65535)) throw new Usage(`--port is a number from 0 to 65535, not '${text}'`);
  if (values.seed === '') throw new Usage('--seed is a text, and not an empty one');
  return {
    port,
    seed: values.seed ?? DEFAULT_SEED,
    tls: values.tls ?? false,
    strict: values['strict-transport'] ?? false,
    ...(values.open ? { live: 'dist' } : {}),
  };
}

const parse = (args: readonly string[]) =>
  parseArgs({
    args: [...args],
    options: {
      port: { type: 'string' },
      seed: { type: 'string' },
      tls: { type: 'boolean' },
      'strict-transport': { type: 'boolean' },
      open: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  }).values;
