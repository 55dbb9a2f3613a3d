// The byte strings behind the names of a trace: those of a secret, and those in which a sealed thing travels (its
// ciphertext, and the blob around it).
import { type Bytes, type Step, sameBytes, type Trace } from '../../sim';

export type Forms = ReadonlyMap<string, readonly Bytes[]>;

const byTrace = new WeakMap<Trace, Forms>();

/** A sealed thing is first seen in the deed that makes it: what comes out there are its forms. */
export function formsOf(trace: Trace): Forms {
  const known = byTrace.get(trace);
  if (known) return known;
  const forms = new Map<string, readonly Bytes[]>();
  for (const { id, bytes } of trace.secrets) forms.set(id, [bytes]);
  for (const step of trace.steps) {
    if (step.kind !== 'deed') continue;
    for (const id of step.cargo) {
      if (id.includes('<') && !forms.has(id)) forms.set(id, Object.values(step.outputs));
    }
  }
  byTrace.set(trace, forms);
  return forms;
}

/** The name of a byte string that a step shows, looked for among what the step is known to carry. */
export function nameOf(trace: Trace, step: Step, bytes: Bytes): string | undefined {
  if (bytes.length === 0) return undefined;
  const forms = formsOf(trace);
  return step.cargo.find((id) => forms.get(id)?.some((form) => sameBytes(form, bytes)));
}

/** The name of a byte string, wherever in the trace it is known under one. */
export function idOf(trace: Trace, bytes: Bytes): string | undefined {
  for (const [id, forms] of formsOf(trace))
    if (forms.some((form) => sameBytes(form, bytes))) return id;
  return undefined;
}
