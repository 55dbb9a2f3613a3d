// The body of a message: JSON indented, XML and text as sent, anything else as a few bytes of hex.

import { nameOf } from '../../flows';
import type { Bytes, Trace } from '../../sim/types';
import { useWords } from '../context';
import { readText, toHex } from './bytes';
import type { Needle } from './highlight';
import { type MessageStep, prettyJson, prettyXml } from './http';
import { Marked, Thing } from './Marked';
import styles from './Wire.module.css';

/** More is not laid out here; Bytes shows it all. */
const SHOWN_TEXT = 4000;
const SHOWN_BYTES = 24;

interface BodyProps {
  readonly trace: Trace;
  readonly step: MessageStep;
  readonly needles: readonly Needle[];
}

export function Body({ trace, step, needles }: BodyProps) {
  const words = useWords('inspector');
  const { body } = step.message;
  const size = words('length', { count: body.length });
  if (body.length === 0) return <p className={styles.none}>{words('body none')}</p>;
  const text = readText(body, SHOWN_TEXT);
  const isCut = text !== undefined && body.length > SHOWN_TEXT;
  const json = text === undefined || isCut ? undefined : prettyJson(text);
  const xml = text === undefined || isCut ? undefined : prettyXml(text);
  const kind = text === undefined ? 'binary' : json ? 'json' : xml ? 'xml' : 'text';
  const id = nameOf(trace, step, body);
  return (
    <div className={styles.body}>
      <p className={styles.kind}>
        {words('body')}: {words(`body ${kind}`)}, {size}
      </p>
      <div className={styles.text}>
        {text === undefined ? (
          <Binary body={body} id={id} />
        ) : id !== undefined ? (
          <Thing id={id} text={text} />
        ) : (
          <Lines text={json ?? xml ?? text} needles={needles} />
        )}
      </div>
      {isCut && (
        <p className={styles.kind}>
          {words('body cut', { shown: words('length', { count: SHOWN_TEXT }), length: size })}
        </p>
      )}
    </div>
  );
}

/** Each line a block of its own, so that a long one continues under its own beginning. */
function Lines({ text, needles }: { readonly text: string; readonly needles: readonly Needle[] }) {
  let at = 0;
  return text.split('\n').map((line) => {
    const start = at;
    at += line.length + 1;
    const indent = line.length - line.trimStart().length;
    return (
      <span key={start} className={styles.line} style={{ paddingLeft: `${indent + 2}ch` }}>
        <Marked text={line.trimStart()} needles={needles} />
      </span>
    );
  });
}

function Binary({ body, id }: { readonly body: Bytes; readonly id: string | undefined }) {
  const spaced = (bytes: Bytes): string => toHex(bytes).replace(/(..)(?=.)/g, '$1 ');
  const short = body.length <= SHOWN_BYTES * 2;
  const text = short
    ? spaced(body)
    : `${spaced(body.subarray(0, SHOWN_BYTES))} … ${spaced(body.subarray(-8))}`;
  return id === undefined ? text : <Thing id={id} text={text} />;
}
