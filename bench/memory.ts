// One 64 MiB PUT and GET under SSE-KMS in a process of its own, and how much memory it took at its highest. Run as a
// child of engine.ts with --expose-gc; `settle` collects garbage at every step, which tells what is really held.
import { argv, memoryUsage, resourceUsage, stdout } from 'node:process';
import { runScenario } from '../src/flows';
import { KIB, MIB, someBytes, sseKms } from './scenarios';

export interface MemoryTaken {
  /** Highest resident set beyond what the process had before there was an object; bytes. */
  readonly resident: number;
  /** Highest sum of all array buffers, seen at the steps; bytes. */
  readonly buffers: number;
}

const gc = globalThis.gc as () => void;
const settle = argv.includes('settle');

// Until the process has the size that it works at, with as much garbage as it lets lie.
for (let run = 0; run < 300; run++) await runScenario(sseKms(someBytes(KIB)));
if (settle) gc();
const before = { resident: memoryUsage().rss, buffers: memoryUsage().arrayBuffers };
let buffers = 0;
const look = (): void => {
  if (settle) gc();
  buffers = Math.max(buffers, memoryUsage().arrayBuffers - before.buffers);
};
const { trace } = await runScenario(sseKms(someBytes(64 * MIB)), look);
look();
const taken: MemoryTaken = { resident: resourceUsage().maxRSS * KIB - before.resident, buffers };
stdout.write(JSON.stringify({ ...taken, steps: trace.steps.length }));
