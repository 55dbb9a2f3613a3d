// The page's side of the worker. One order at a time: a new one ends the one before. One worker for all of them: after
// the page is loaded, nothing is asked of the network.
import { type Run, variantOf } from '../flows';
import type { FromWorker, Order, Report, ToWorker } from './protocol';
import { startWorker } from './worker';

export class UnreadableFile extends Error {}
export class Superseded extends Error {}

export interface Engine {
  /** `onProgress` gets a part of 1. Rejects with `UnreadableFile`, `Superseded`, or what broke. */
  run(order: Order, onProgress: (part: number) => void): Promise<Run>;
  cancel(): void;
}

const expectedSteps = (order: Order): number => {
  const { prepare, put, get } = variantOf(order).story;
  return prepare.length + put.length + get.length;
};

/** The run as the page keeps it: a file has become the bytes that were recorded when you first handed them over. */
function asRun(order: Order, trace: Run['trace']): Run {
  const handed = trace.steps.find(({ key }) => key === 'you -> client PutObject');
  const object = handed?.kind === 'request' ? handed.message.body : new Uint8Array(0);
  return { scenario: { ...order, own: { ...order.own, object } }, trace };
}

/** `start` starts the worker before there is an order for it. */
export function createEngine(): Engine & { start(): void } {
  let worker: Worker | undefined;
  let runs = 0;
  let current:
    | { hear(report: Report): void; reject(error: Error): void; readonly run: number }
    | undefined;

  /** A worker that broke is of no more use; the next order starts another. */
  function lose(error: Error): void {
    worker?.terminate();
    worker = undefined;
    current?.reject(error);
    current = undefined;
  }

  function start(): Worker {
    if (worker) return worker;
    const made = startWorker(lose);
    made.onmessage = ({ data }: MessageEvent<FromWorker>) => {
      if (data.run === current?.run) current.hear(data);
    };
    worker = made;
    return made;
  }

  /** Nobody waits any more for the run under way. */
  function drop(): void {
    current?.reject(new Superseded('another run was asked for'));
    current = undefined;
  }

  return {
    start: () => void start(),
    cancel() {
      if (!current) return;
      drop();
      tell({ run: ++runs, order: undefined });
    },
    run(order, onProgress) {
      drop();
      const run = ++runs;
      const expected = expectedSteps(order);
      return new Promise<Run>((resolve, reject) => {
        const hear = (report: Report): void => {
          if (report.kind === 'progress') {
            onProgress(Math.min(1, report.steps / expected));
            return;
          }
          current = undefined;
          if (report.kind === 'done') resolve(asRun(order, report.trace));
          else if (report.kind === 'unreadable') reject(new UnreadableFile(report.message));
          else reject(new Error(report.message));
        };
        current = { run, hear, reject };
        tell({ run, order });
      });
    },
  };

  function tell(message: ToWorker): void {
    start().postMessage(message);
  }
}
