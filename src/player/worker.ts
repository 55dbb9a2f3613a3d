// Starts the worker that has the engine.
import workerUrl from './engine.worker?worker&url';

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

/** `onLost` hears of a worker that did not start, or broke outside of what it was asked. */
export function startWorker(onLost: (error: Error) => void): Worker {
  const worker = new Worker(policy.createScriptURL(workerUrl), { type: 'module' });
  worker.onerror = (event) => onLost(new Error(event.message || 'the worker did not start'));
  return worker;
}
