// One named byte string: what it is, how long, its bytes, its parts, and ways to take it along.

import { type Part, partsOf } from '../../flows';
import type { Bytes } from '../../sim/types';
import { CopyButton } from '../CopyButton/CopyButton';
import { useWords } from '../context';
import { download } from '../download';
import { Glyph } from '../glyphs/Glyph';
import { lookOf, useThingName } from '../things';
import styles from './ByteBlock.module.css';
import { toBase64, toHex } from './bytes';
import { HexView } from './HexView';
import { offsetDigits } from './hex';

/** Longer ones are downloaded instead of copied. */
const COPIED_UP_TO = 256 * 1024;

const rangeOf = ({ start, end }: Part, length: number): string =>
  [start, end - 1].map((at) => at.toString(16).padStart(offsetDigits(length), '0')).join('–');

interface ByteBlockProps {
  /** Its name in the deed; without one it is called by what it is. */
  readonly name?: string;
  readonly bytes: Bytes;
  readonly id: string | undefined;
  /** True when AES-GCM made or opens it, so that it ends in a tag. */
  readonly gcm: boolean;
  /** Of its title: 3 where it stands under no heading of its own. */
  readonly level?: 3 | 4;
  /** An offset to point at. */
  readonly at?: number | undefined;
}

export function ByteBlock({ name, bytes, id, gcm, at, level = 4 }: ByteBlockProps) {
  const words = useWords('inspector');
  const thingName = useThingName();
  const Title = level === 3 ? 'h3' : 'h4';
  const what = id && thingName(id);
  const parts = partsOf(bytes, id, gcm);
  const title = name
    ? words(
        [
          parts[0]?.name === 'ciphertext' ? `bytes ${name}` : `bytes ${name} alone`,
          `bytes ${name}`,
          'bytes any',
        ],
        { name },
      )
    : (what ?? '');
  const note = name ? words([`note ${name}`, 'note none']) : '';
  return (
    <article className={styles.block}>
      <header className={styles.head}>
        {id && <Glyph look={lookOf(id)} size={24} />}
        <Title className={styles.title}>
          {title}
          {name && what && <span className={styles.what}> {what}</span>}
        </Title>
      </header>
      <div className={styles.ways}>
        <span className={styles.length}>
          {bytes.length === 0 ? words('empty') : words('length', { count: bytes.length })}
        </span>
        {bytes.length > COPIED_UP_TO ? (
          <Download bytes={bytes} name={name ?? id ?? 'bytes'} />
        ) : (
          bytes.length > 0 && (
            <>
              <CopyButton text={() => toHex(bytes)} label={words('copy hex')}>
                {words('hex')}
              </CopyButton>
              <CopyButton text={() => toBase64(bytes)} label={words('copy base64')}>
                {words('base64')}
              </CopyButton>
            </>
          )
        )}
      </div>
      {note && <p className={styles.note}>{note}</p>}
      {bytes.length > 0 && (
        <>
          <HexView at={at} bytes={bytes} parts={parts} label={words('hex of', { name: title })} />
          {parts.length > 0 && (
            <ul className={styles.parts} aria-label={words('parts')}>
              {parts.map((part) => (
                <li key={part.name} data-part={part.name}>
                  <span>{words(`part ${part.name}`)}</span>
                  <span className={styles.length}>
                    <code>{rangeOf(part, bytes.length)}</code>{' '}
                    {words('length', { count: part.end - part.start })}
                  </span>
                </li>
              ))}
            </ul>
          )}
          {parts.some((part) => part.name === 'material') && (
            <p className={styles.note}>{words('part modelled')}</p>
          )}
        </>
      )}
    </article>
  );
}

function Download({ bytes, name }: { readonly bytes: Bytes; readonly name: string }) {
  const words = useWords('inspector');
  const save = (): void =>
    download(bytes, 'application/octet-stream', `${name.replace(/[^\w-]+/g, '-')}.bin`);
  return (
    <button type="button" className={styles.download} onClick={save}>
      {words('download')}
    </button>
  );
}
