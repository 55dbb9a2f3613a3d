// The page's side of the worker. One order at a time: a new one ends the one before.
import { type Run, variantOf, YOUR_OBJECT } from '../flows';
import workerUrl from './engine.worker?worker&url';
import type { FromWorker, Order } from './protocol';

export class UnreadableFile extends Error {}
export class Superseded extends Error {}

export interface Engine {
  /** `onProgress` gets a part of 1. Rejects with `UnreadableFile`, `Superseded`, or what broke. */
  run(order: Order, onProgress: (part: number) => void): Promise<Run>;
  cancel(): void;
}

// Trusted Types treats a worker's address as script; this policy lets through our own origin only.
interface Policy {
  createScriptURL(url: string): string;
}
interface PolicyFactory {
  createPolicy(name: string, rules: Policy): Policy;
}
const rules: Policy = {
  createScriptURL(url) {
    const absolute = new URL(url, location.href);
    if (absolute.origin !== location.origin) throw new TypeError('a worker from another origin');
    return absolute.href;
  },
};
const trusted = (globalThis as { trustedTypes?: PolicyFactory }).trustedTypes;
const policy = trusted?.createPolicy('sealed-worker', rules) ?? rules;

const expectedSteps = (order: Order): number => {
  const { prepare, put, get } = variantOf(order).story;
  return prepare.length + put.length + get.length;
};

/** The run as the page keeps it: a file has become the bytes that were recorded. */
function asRun(order: Order, trace: Run['trace']): Run {
  const object = trace.secrets.find(({ id }) => id === YOUR_OBJECT)?.bytes ?? new Uint8Array(0);
  return { scenario: { ...order, own: { ...order.own, object } }, trace };
}

export function createEngine(): Engine {
  let current: { worker: Worker; reject(error: Error): void } | undefined;

  const cancel = (): void => {
    current?.worker.terminate();
    current?.reject(new Superseded('another run was asked for'));
    current = undefined;
  };

  return {
    cancel,
    run(order, onProgress) {
      cancel();
      const worker = new Worker(policy.createScriptURL(workerUrl), { type: 'module' });
      const expected = expectedSteps(order);
      return new Promise<Run>((resolve, reject) => {
        current = { worker, reject };
        const end = (settle: () => void): void => {
          if (current?.worker === worker) current = undefined;
          worker.terminate();
          settle();
        };
        worker.onerror = (event) =>
          end(() => reject(new Error(event.message || 'the worker did not start')));
        worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
          if (data.kind === 'progress') onProgress(Math.min(1, data.steps / expected));
          else if (data.kind === 'done') end(() => resolve(asRun(order, data.trace)));
          else if (data.kind === 'unreadable') end(() => reject(new UnreadableFile(data.message)));
          else end(() => reject(new Error(data.message)));
        };
        worker.postMessage(order);
      });
    },
  };
}
