// The engine, off the page's thread. Takes one order and answers with the trace; large buffers are handed over, not
// copied.
import { runScenario } from '../flows';
import type { Bytes, Trace } from '../sim';
import type { FromWorker, Order } from './protocol';

interface Scope {
  onmessage: ((event: { data: Order }) => void) | null;
  postMessage(message: FromWorker, transfer: ArrayBuffer[]): void;
}
const scope = globalThis as unknown as Scope;
const say = (message: FromWorker, transfer: ArrayBuffer[] = []): void =>
  scope.postMessage(message, transfer);

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

async function read(object: Bytes | Blob): Promise<Bytes | undefined> {
  if (object instanceof Uint8Array) return object;
  try {
    return new Uint8Array(await object.arrayBuffer());
  } catch (error) {
    say({ kind: 'unreadable', message: String((error as Error).message) });
    return undefined;
  }
}

async function carryOut(order: Order): Promise<void> {
  const object = await read(order.own.object);
  if (!object) return;
  const scenario = { ...order, own: { ...order.own, object } };
  const { trace } = await runScenario(scenario, (step) =>
    say({ kind: 'progress', steps: step.index + 1 }),
  );
  say({ kind: 'done', trace }, largeBuffers(trace));
}

scope.onmessage = ({ data }) => {
  carryOut(data).catch((error: Error) =>
    say({ kind: 'broken', message: `${error.name}: ${error.message}` }),
  );
};
