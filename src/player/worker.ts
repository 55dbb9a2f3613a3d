// Starts the worker that has the engine, and the one that keeps the page for a visit without a network.
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

/**
 * Keeps the page for later visits without a network. `onUpdate` hears that a newer version is there, and gets what loads it:
 * until that is asked for, this visit stays as it is.
 */
export async function keepForOffline(onUpdate: (load: () => void) => void): Promise<void> {
  const workers = navigator.serviceWorker;
  if (!workers) return;
  const script = policy.createScriptURL('./sw.js');
  const registration = await workers.register(script).catch(() => undefined);
  if (!registration) return; // storage is blocked, or the host serves no such file: all works with a network
  const offer = (): void => {
    const { waiting } = registration;
    if (!waiting || !workers.controller) return;
    onUpdate(() => {
      workers.addEventListener('controllerchange', () => location.reload(), { once: true });
      waiting.postMessage({ type: 'SKIP_WAITING' });
    });
  };
  offer();
  registration.addEventListener('updatefound', () =>
    registration.installing?.addEventListener('statechange', offer),
  );
}

/** `onLost` hears of a worker that did not start, or broke outside of what it was asked. */
export function startWorker(onLost: (error: Error) => void): Worker {
  const worker = new Worker(policy.createScriptURL(workerUrl), { type: 'module' });
  worker.onerror = (event) => onLost(new Error(event.message || 'the worker did not start'));
  return worker;
}
