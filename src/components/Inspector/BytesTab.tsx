// Bytes: everything that goes into a deed and comes out of it; of a message, its body and what it carries in other forms.
import { originOf, usesOf } from '../../flows';
import type { Bytes, DeedStep, NamedBytes, Trace } from '../../sim/types';
import { type Shown, useWords } from '../context';
import { ByteBlock } from './ByteBlock';
import { formsOf, nameOf } from './forms';
import { Heading } from './Heading';
import type { MessageStep } from './http';
import styles from './Inspector.module.css';
import { VerifyOutside } from './VerifyOutside';
import { Whence } from './Whence';

export function BytesTab({ shown }: { readonly shown: Shown }) {
  const words = useWords('inspector');
  const { step, run } = shown;
  if (!step) return <p className={styles.rest}>{words('rest bytes')}</p>;
  return (
    <div className={styles.page}>
      <Heading step={step} />
      {step.kind === 'deed' ? (
        <DeedBytes trace={run.trace} step={step} />
      ) : (
        <MessageBytes trace={run.trace} step={step} />
      )}
    </div>
  );
}

function whereabouts(trace: Trace, step: DeedStep, bytes: Bytes, way: 'from' | 'to') {
  if (way === 'to') return usesOf(trace, step.index, bytes);
  const origin = originOf(trace, step.index, bytes);
  return origin ? [origin] : [];
}

function DeedBytes({ trace, step }: { readonly trace: Trace; readonly step: DeedStep }) {
  const words = useWords('inspector');
  const named = (all: NamedBytes, way: 'from' | 'to') =>
    Object.entries(all).map(([name, bytes]) => (
      <div key={name} className={styles.named}>
        <ByteBlock
          name={name}
          bytes={bytes}
          id={nameOf(trace, step, bytes)}
          gcm={step.algorithm === 'AES-256-GCM' && name === 'ciphertext'}
          at={step.facts.byte === undefined ? undefined : Number(step.facts.byte)}
        />
        {bytes.length > 0 && (
          <Whence trace={trace} way={way} all={whereabouts(trace, step, bytes, way)} />
        )}
      </div>
    ));
  const inputs = named(step.inputs, 'from');
  const outputs = named(step.outputs, 'to');
  if (inputs.length + outputs.length === 0)
    return <p className={styles.why}>{words('bytes nothing')}</p>;
  const none = step.failed
    ? 'outputs failed'
    : step.deed === 'forgets'
      ? 'bytes gone'
      : 'outputs none';
  return (
    <>
      <p className={styles.sub}>
        {words('fact algorithm')}: <code>{step.algorithm}</code>
      </p>
      {inputs.length > 0 && (
        <section className={styles.section}>
          <h3>{words('inputs')}</h3>
          {inputs}
        </section>
      )}
      <section className={styles.section}>
        <h3>{words('outputs')}</h3>
        {outputs.length > 0 ? outputs : <p className={styles.quiet}>{words(none)}</p>}
      </section>
      <VerifyOutside step={step} />
    </>
  );
}

const longest = (forms: readonly Bytes[]): Bytes | undefined =>
  forms.toSorted((a, b) => b.length - a.length)[0];

function MessageBytes({ trace, step }: { readonly trace: Trace; readonly step: MessageStep }) {
  const words = useWords('inspector');
  const { body } = step.message;
  const id = nameOf(trace, step, body);
  const carried = step.cargo.filter((one) => one !== id);
  return (
    <>
      {body.length === 0 ? (
        <p className={styles.quiet}>{words('bytes no body')}</p>
      ) : (
        <ByteBlock level={3} name="body" bytes={body} id={id} gcm={false} />
      )}
      {carried.length > 0 && (
        <section className={styles.section}>
          <h3>{words('bytes carried')}</h3>
          {carried.map((one) => {
            const bytes = longest(formsOf(trace).get(one) ?? []);
            return bytes && <ByteBlock key={one} bytes={bytes} id={one} gcm={false} />;
          })}
        </section>
      )}
    </>
  );
}
