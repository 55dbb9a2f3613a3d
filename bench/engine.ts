// The engine against the bare WebCrypto calls of the very same run, in one process, taking turns; and its memory.
import { execFileSync } from 'node:child_process';
import { execPath } from 'node:process';
import { runScenario, type Scenario } from '../src/flows';
import { bareCalls } from './bare';
import { atMost, median, ms, number, type Report, takeTurns, times } from './measure';
import type { MemoryTaken } from './memory';
import { KIB, MIB, rsa, schemes, someBytes, sseKms } from './scenarios';

const AREA = 'engine';
const SMALL = { rounds: 150, warmUp: 40 };
const LARGE = { rounds: 9, warmUp: 2 };
const RSA = { rounds: 9, warmUp: 1 };

/** What goes through WebCrypto while `work` is done: each call with the sizes of the bytes given to it. */
async function callsOf(work: () => Promise<unknown>): Promise<string[]> {
  const prototype = Object.getPrototypeOf(globalThis.crypto.subtle) as Record<string, unknown>;
  const original = { ...Object.getOwnPropertyDescriptors(prototype) };
  const calls: string[] = [];
  for (const [name, descriptor] of Object.entries(original)) {
    const method: unknown = descriptor.value;
    if (typeof method !== 'function' || name === 'constructor') continue;
    const heard = function (this: unknown, ...given: unknown[]): unknown {
      const sizes = given.flatMap((one) => (one instanceof Uint8Array ? [one.length] : []));
      calls.push([name, ...sizes].join(' '));
      return method.apply(this, given);
    };
    Object.defineProperty(prototype, name, { ...descriptor, value: heard });
  }
  try {
    await work();
  } finally {
    Object.defineProperties(prototype, original);
  }
  return calls;
}

const inOrder = (calls: readonly (() => Promise<unknown>)[]) => async (): Promise<void> => {
  for (const call of calls) await call();
};

/** PUT and GET. The administrator's set-up before them calls no WebCrypto and is no part of either: not counted. */
const putAndGet = (scenario: Scenario) => async (): Promise<number> => {
  let began = performance.now();
  await runScenario(scenario, ({ chapter }) => {
    if (chapter === 'prepare') began = performance.now();
  });
  return began;
};

const nameOf = ({ flow, variant }: Scenario): string => `${flow} ${variant}`;

interface Compared {
  readonly ours: number;
  readonly bare: number;
  readonly ratio: number;
  readonly calls: number;
}

async function compare(
  scenario: Scenario,
  { rounds, warmUp }: { readonly rounds: number; readonly warmUp: number },
): Promise<Compared> {
  const calls = bareCalls((await runScenario(scenario)).trace);
  const bareRun = inOrder(calls);
  const [ours, theirs] = [await callsOf(() => runScenario(scenario)), await callsOf(bareRun)];
  if (ours.join('\n') !== theirs.join('\n'))
    throw new Error(
      `${nameOf(scenario)}: the bare calls are not the engine's\n${ours.join(', ')}\n${theirs.join(', ')}`,
    );
  const taken = await takeTurns({ ours: putAndGet(scenario), bare: bareRun }, rounds, warmUp);
  return {
    ours: median(taken.ours),
    bare: median(taken.bare),
    // Of each pair, and then the middle one: what disturbs the machine disturbs both of a pair.
    ratio: median(taken.ours.map((time, i) => time / (taken.bare[i] as number))),
    calls: ours.length,
  };
}

const told = ({ ours, bare, calls }: Compared): string =>
  `${ms(ours)} against ${ms(bare)}, ${calls} calls`;

function memoryTaken(how: 'as it comes' | 'settle'): MemoryTaken {
  const script = 'bench/memory.ts';
  const flags = ['--expose-gc', '--import', 'tsx', script, how];
  return JSON.parse(execFileSync(execPath, flags, { encoding: 'utf8' })) as MemoryTaken;
}

export async function benchEngine(report: Report): Promise<void> {
  for (const scenario of schemes(someBytes(KIB))) {
    const compared = await compare(scenario, SMALL);
    report(atMost(AREA, `1 KiB  ${nameOf(scenario)}`, compared.ratio, 3, times, told(compared)));
  }
  const large = await compare(sseKms(someBytes(64 * MIB)), LARGE);
  report(atMost(AREA, '64 MiB  sse-kms customer-key', large.ratio, 2, times, told(large)));

  const size = 64 * MIB;
  const takings = [
    memoryTaken('as it comes'),
    memoryTaken('as it comes'),
    memoryTaken('as it comes'),
  ];
  const resident = median(takings.map((taken) => taken.resident)) / size;
  report(atMost(AREA, '64 MiB  highest resident memory', resident, 5, times, 'of the object'));
  const held = memoryTaken('settle').buffers / size;
  report(atMost(AREA, '64 MiB  highest sum of buffers held', held, 5, times, 'of the object'));

  // Told apart: the pair is drawn from the world's seed, in our own code, so that a link repeats it.
  const withRsa = await compare(rsa(someBytes(KIB)), RSA);
  const figure = `${ms(withRsa.ours)}  (of which WebCrypto ${ms(withRsa.bare)}, ${number(withRsa.ratio)}×)`;
  report({ area: AREA, what: '1 KiB  cse-local rsa, key pair from the seed', figure });
}
