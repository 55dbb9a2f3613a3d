// The page's side of the labs: a second worker, of the same script, so that no question waits for a run or ends one. It
// starts with the first question.
import type { LabInput, LabName, LabOutput } from '../flows/labs';
import type { Answer, Question } from './protocol';
import { startWorker } from './worker';

export interface Lab {
  /** Rejects with what broke. Questions are answered in the order in which they were asked. */
  ask<L extends LabName>(lab: L, input: LabInput<L>): Promise<LabOutput<L>>;
}

interface Asked {
  resolve(output: unknown): void;
  reject(error: Error): void;
}

/** `start` starts the worker, and loads the labs, before there is a question. */
export function createLab(): Lab & { start(): void } {
  let worker: Worker | undefined;
  let asked = 0;
  const open = new Map<number, Asked>();

  function lose(error: Error): void {
    worker?.terminate();
    worker = undefined;
    for (const { reject } of open.values()) reject(error);
    open.clear();
  }

  function start(): Worker {
    if (worker) return worker;
    const made = startWorker(lose);
    made.onmessage = ({ data }: MessageEvent<Answer>) => {
      const one = open.get(data.ask);
      open.delete(data.ask);
      if (data.problem === undefined) one?.resolve(data.output);
      else one?.reject(new Error(data.problem));
    };
    worker = made;
    return made;
  }

  return {
    start: () =>
      start().postMessage({ ask: 0, lab: undefined, input: undefined } satisfies Question),
    ask: (lab, input) =>
      new Promise((resolve, reject) => {
        const ask = ++asked;
        open.set(ask, { resolve: resolve as Asked['resolve'], reject });
        start().postMessage({ ask, lab, input } satisfies Question);
      }),
  };
}
