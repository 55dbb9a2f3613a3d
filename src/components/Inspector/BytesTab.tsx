// Bytes: everything that goes into a deed and comes out of it; of a message, its body and what it carries in other forms.
import { formsOf, isTraced, nameOf, originOf, usesOf } from '../../flows';
import type { Bytes, DeedStep, NamedBytes, Step, Trace } from '../../sim/types';
import { type Shown, useWords } from '../context';
import { ByteBlock } from './ByteBlock';
import { Heading } from './Heading';
import type { MessageStep } from './http';
import styles from './Inspector.module.css';
import { VerifyOutside } from './VerifyOutside';
import { Whence } from './Whence';
import { WholeMessage } from './WholeMessage';

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
        <>
          <MessageBytes trace={run.trace} step={step} />
          <WholeMessage run={run} step={step} />
        </>
      )}
    </div>
  );
}

function whereabouts(trace: Trace, step: Step, bytes: Bytes, way: 'from' | 'to') {
  if (way === 'to') return usesOf(trace, step.index, bytes);
  const origin = originOf(trace, step.index, bytes);
  return origin ? [origin] : [];
}

interface BothWaysProps {
  readonly trace: Trace;
  readonly step: MessageStep;
  readonly bytes: Bytes;
}

/** A message makes nothing: what it carries comes from somewhere and goes somewhere. */
function BothWays({ trace, step, bytes }: BothWaysProps) {
  if (!isTraced(bytes)) return null;
  return (
    <>
      <Whence trace={trace} way="from" all={whereabouts(trace, step, bytes, 'from')} />
      <Whence trace={trace} way="to" all={whereabouts(trace, step, bytes, 'to')} />
    </>
  );
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
        {isTraced(bytes) && (
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
        <div className={styles.named}>
          <ByteBlock level={3} name="body" bytes={body} id={id} gcm={false} />
          <BothWays trace={trace} step={step} bytes={body} />
        </div>
      )}
      {carried.length > 0 && (
        <section className={styles.section}>
          <h3>{words('bytes carried')}</h3>
          {carried.map((one) => {
            const bytes = longest(formsOf(trace).get(one) ?? []);
            return (
              bytes && (
                <div key={one} className={styles.named}>
                  <ByteBlock bytes={bytes} id={one} gcm={false} />
                  <BothWays trace={trace} step={step} bytes={bytes} />
                </div>
              )
            );
          })}
        </section>
      )}
    </>
  );
}
