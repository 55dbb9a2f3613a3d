// The engine, off the page's thread. Carries out one order at a time and answers with the trace; large buffers are
// handed over, not copied. The worker outlives its runs, so that no run asks the network for it: an order that is no
// longer wanted ends at its next step.
import { runScenario } from '../flows';
import type { Bytes, Trace } from '../sim';
import type { Answer, FromWorker, Order, Question, Report, ToWorker } from './protocol';

interface Scope {
  onmessage: ((event: { data: ToWorker | Question }) => void) | null;
  postMessage(message: FromWorker | Answer, transfer: ArrayBuffer[]): void;
}
const scope = globalThis as unknown as Scope;

const HAND_OVER_FROM = 64 * 1024;

function largeBuffers(trace: Trace): ArrayBuffer[] {
  const found = new Set<ArrayBuffer>();
  const add = (bytes: Bytes): void => {
    if (bytes.length >= HAND_OVER_FROM) found.add(bytes.buffer);
  };
  for (const { bytes } of trace.secrets) add(bytes);
  for (const step of trace.steps) {
    if (step.kind === 'deed')
      [...Object.values(step.inputs), ...Object.values(step.outputs)].forEach(add);
    else add(step.message.body);
  }
  return [...found];
}

/** The run that is wanted; none before the first order. */
let wanted = 0;

class Unwanted extends Error {}

async function carryOut(run: number, order: Order): Promise<void> {
  const say = (report: Report, transfer: ArrayBuffer[] = []): void => {
    if (run === wanted) scope.postMessage({ ...report, run }, transfer);
  };
  const read = async (object: Bytes | Blob): Promise<Bytes | undefined> => {
    if (object instanceof Uint8Array) return object;
    try {
      return new Uint8Array(await object.arrayBuffer());
    } catch (error) {
      say({ kind: 'unreadable', message: String((error as Error).message) });
      return undefined;
    }
  };
  try {
    const object = await read(order.own.object);
    if (!object || run !== wanted) return;
    const scenario = { ...order, own: { ...order.own, object } };
    const { trace } = await runScenario(scenario, (step) => {
      if (run !== wanted) throw new Unwanted();
      say({ kind: 'progress', steps: step.index + 1 });
    });
    say({ kind: 'done', trace }, largeBuffers(trace));
  } catch (error) {
    say({ kind: 'broken', message: whatBroke(error) });
  }
}

const whatBroke = (error: unknown): string => {
  const { name, message } = error as Error;
  return `${name}: ${message}`;
};

async function answer({ ask, lab, input }: Question): Promise<void> {
  try {
    const { LABS } = await import('../flows/labs');
    if (lab === undefined) return;
    const work = LABS[lab] as (input: unknown) => Promise<unknown>;
    scope.postMessage({ ask, output: await work(input) }, []);
  } catch (error) {
    scope.postMessage({ ask, problem: whatBroke(error) }, []);
  }
}

/** Labs keep worlds: one question is over before the next begins. */
let answered: Promise<void> = Promise.resolve();

scope.onmessage = ({ data }) => {
  if ('ask' in data) {
    answered = answered.then(() => answer(data));
    return;
  }
  wanted = data.run;
  if (data.order) void carryOut(data.run, data.order);
};
