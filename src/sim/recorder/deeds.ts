// Deeds as they are recorded: a piece of work with what went in and what came out, also when it throws; a secret that is
// forgotten; a message that a hand from outside takes hold of.
import type { Fate, Message } from '../hand';
import type {
  ActorId,
  Bytes,
  Deed,
  DeedKey,
  Facts,
  NamedBytes,
  Step,
  StepKey,
  Thing,
  Work,
} from '../types';
import { MADE_KINDS } from '../types';
import type { Ledger } from './ledger';
import type { Memory } from './memory';
import type { Snapshots } from './snapshots';
import { deedStep, type Moment } from './steps';

/** An expected failure inside a piece of work, with facts to record beside it. */
export interface WithFacts {
  readonly facts: Facts;
}

interface Parts {
  readonly ledger: Ledger;
  readonly memory: Memory;
  readonly snapshots: Snapshots;
  record(step: Step): void;
  momentOf(key: StepKey, failed: boolean, cargo: Iterable<string>): Moment;
}

const NOTHING = Object.freeze({});

export function createDeeds({ ledger, memory, snapshots, record, momentOf }: Parts) {
  function forget(actor: ActorId, thing: Thing, secret: Bytes): void {
    const recorded = snapshots.of(secret);
    const id = ledger.nameOf(recorded);
    if (id) memory.forget(actor, id);
    // A recorded copy is history and stays; the actor's own buffer is zeroed.
    if (!snapshots.isRecorded(secret)) secret.fill(0);
    const key = deedKey(actor, 'forgets', thing);
    record(
      deedStep(
        {
          key,
          actor,
          deed: 'forgets',
          thing,
          algorithm: 'zeroing',
          inputs: Object.freeze({ [thing]: recorded }),
          outputs: NOTHING,
          facts: NOTHING,
          failed: false,
        },
        momentOf(key, false, id ? [id] : []),
      ),
    );
  }

  /** The hand takes hold of a message. It looks at nothing: nobody comes to know more by it. */
  function meddle({ deed, facts }: Fate, sent: Message, arriving: Message): void {
    const key = deedKey('you', deed, 'message');
    const changes = sent.body !== arriving.body;
    record(
      deedStep(
        {
          key,
          actor: 'you',
          deed,
          thing: 'message',
          algorithm: 'a hand on the line',
          inputs: Object.freeze(changes ? { before: sent.body } : {}),
          outputs: Object.freeze(changes ? { after: arriving.body } : {}),
          facts: Object.freeze(facts),
          failed: false,
        },
        momentOf(key, false, []),
      ),
    );
  }

  async function carryOut<Out extends NamedBytes>(
    actor: ActorId,
    deed: Deed,
    thing: Thing,
    work: Work<Out>,
  ): Promise<Out> {
    const inputs = recorded(work.inputs, (b) => snapshots.of(b));
    const key = deedKey(actor, deed, thing);
    const { algorithm } = work;
    const recordDeed = (
      outputs: NamedBytes,
      facts: Facts,
      failed: boolean,
      cargo: ReadonlySet<string>,
    ): void =>
      record(
        deedStep(
          {
            key,
            actor,
            deed,
            thing,
            algorithm,
            inputs,
            outputs,
            facts: Object.freeze(facts),
            failed,
          },
          momentOf(key, failed, cargo),
        ),
      );
    let made: Out;
    try {
      made = await work.run();
    } catch (error) {
      const facts = { ...work.facts, ...(error as Partial<WithFacts>).facts };
      recordDeed(NOTHING, facts, true, namesIn(inputs));
      throw error;
    }
    const outputs = recorded(made, (b) => snapshots.take(b));
    if (deed === 'flips' || deed === 'changes') ledger.altered(inputs.before, outputs.after);
    if (deed === 'derives') ledger.derived(inputs.key, outputs);
    const kind = MADE_KINDS[thing];
    const secret = outputs.privateKey ?? Object.values(outputs)[0];
    if ((deed === 'derives' || deed === 'generates') && kind && secret) ledger.secret(kind, secret);
    if (outputs.publicKey && outputs.privateKey)
      ledger.paired(outputs.publicKey, outputs.privateKey);
    if (deed === 'wraps' || deed === 'encrypts') {
      const { ciphertext, blob } = outputs;
      const forms = [ciphertext, blob].filter((form) => form !== undefined);
      ledger.sealing(inputs.plaintext, inputs.key ?? inputs.publicKey, forms);
    }
    const cargo = namesIn(inputs);
    for (const id of namesIn(outputs)) cargo.add(id);
    memory.learn(actor, cargo);
    recordDeed(outputs, { ...work.facts }, false, cargo);
    // Small outputs go out as copies of their own, so that zeroing one leaves the recording whole.
    return Object.fromEntries(
      Object.entries(outputs).map(([name, b]) => [name, snapshots.forReceiver(b)]),
    ) as unknown as Out;
  }

  function namesIn(bytes: NamedBytes): Set<string> {
    const names = new Set<string>();
    for (const value of Object.values(bytes)) for (const id of ledger.find(value)) names.add(id);
    return names;
  }

  return { carryOut, forget, meddle };
}

const deedKey = (actor: ActorId, deed: Deed, thing: Thing): DeedKey => `${actor} ${deed} ${thing}`;

function recorded(
  bytes: NamedBytes,
  snapshot: (b: NamedBytes[string]) => NamedBytes[string],
): NamedBytes {
  const copies: Record<string, NamedBytes[string]> = {};
  for (const [name, value] of Object.entries(bytes)) copies[name] = snapshot(value);
  return Object.freeze(copies);
}
