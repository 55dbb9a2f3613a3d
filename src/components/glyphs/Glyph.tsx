// The glyphs, one component used everywhere. Shape says what kind, colour which key, texture which state.
import type { ThingLook } from '../things';
import styles from './Glyph.module.css';

const HUES = [0, 1, 2, 3, 4, 5, 6, 7] as const;

/** Hatchings that the glyphs refer to; mounted once. */
export function GlyphPatterns() {
  return (
    <svg className={styles.patterns} aria-hidden="true" focusable="false">
      <defs>
        {HUES.map((hue) => (
          <pattern
            key={hue}
            id={`hatch-${hue}`}
            className={`hue-${hue}`}
            width="6"
            height="6"
            patternUnits="userSpaceOnUse"
            patternTransform="rotate(45)"
          >
            <rect width="6" height="6" className={styles.soft} />
            <rect width="2.4" height="6" className={styles.line} />
          </pattern>
        ))}
        {HUES.map((hue) => (
          <pattern
            key={hue}
            id={`hatch-back-${hue}`}
            className={`hue-${hue}`}
            width="6"
            height="6"
            patternUnits="userSpaceOnUse"
            patternTransform="rotate(-45)"
          >
            <rect width="1.8" height="6" className={styles.line} />
          </pattern>
        ))}
      </defs>
    </svg>
  );
}

const DOCUMENT = 'M5.5 2.5h11.6l6.4 6.4v18.6h-18z';

function Document({ look }: { look: ThingLook }) {
  const [outer, inner] = look.seals;
  const sealed = outer !== undefined;
  return (
    <g className={sealed ? `hue-${outer}` : styles.plain}>
      <path d={DOCUMENT} className={styles.paper} />
      {sealed && <path d={DOCUMENT} fill={`url(#hatch-${outer})`} />}
      {inner !== undefined && <path d={DOCUMENT} fill={`url(#hatch-back-${inner})`} />}
      <path d={DOCUMENT} className={styles.outline} />
      <path d="M17.1 2.5v6.4h6.4" className={styles.outline} />
      {!sealed && <path d="M9 14h10M9 18.300h10M9 22.600h6.500" className={styles.writing} />}
    </g>
  );
}

const BOW = (
  <>
    <circle cx="8.500" cy="15" r="5.800" className={styles.filled} />
    <circle cx="8.500" cy="15" r="1.900" className={styles.hole} />
    <path d="M14.300 15h13.200v5.600M22.600 15v4.400" className={styles.bit} />
  </>
);

const PERSON = (
  <>
    <circle cx="9" cy="10" r="3.600" className={styles.filled} />
    <path
      d="M2.800 22.500c0-4.600 2.700-7.300 6.200-7.300s6.200 2.700 6.200 7.300z"
      className={styles.filled}
    />
    <path d="M15.400 19h12.100v4.800M23 19v3.800" className={styles.bit} />
  </>
);

const VAULT = (
  <>
    <rect x="3.500" y="3.500" width="23" height="23" rx="4" className={styles.filled} />
    <circle cx="15" cy="15" r="6.800" className={styles.dial} />
    <path
      d="M15 8.200v3.600M15 18.200v3.600M8.200 15h3.600M18.200 15h3.600"
      className={styles.spoke}
    />
    <circle cx="15" cy="15" r="2.300" className={styles.seal} />
    <path d="M3.500 9.500H1.300M3.500 20.500H1.300" className={styles.bit} />
  </>
);

/** An envelope in the hue of what is inside, with a wax seal in the hue of the key around it. */
function Envelope({ look }: { look: ThingLook }) {
  return (
    <>
      <g className={`hue-${look.hue ?? 1}`}>
        <rect x="2.500" y="6.500" width="25" height="18" rx="2.500" className={styles.filled} />
        <path d="M3.500 8 15 17 26.500 8" className={styles.outline} />
      </g>
      <g className={`hue-${look.seals[0] ?? 0}`}>
        <circle cx="15" cy="16.200" r="5.400" className={styles.seal} />
        <circle cx="15" cy="14.900" r="1.500" className={styles.keyhole} />
        <path d="M15 15.500v3.200" className={styles.keyholeSlit} />
      </g>
    </>
  );
}

function drawn(look: ThingLook) {
  if (look.shape === 'document' || look.shape === 'sealed document')
    return <Document look={look} />;
  if (look.shape === 'envelope') return <Envelope look={look} />;
  const art = look.shape === 'vault' ? VAULT : look.shape === 'person key' ? PERSON : BOW;
  return <g className={`hue-${look.hue ?? 1}`}>{art}</g>;
}

/** `size` in CSS pixels. Decorative: the name stands beside it or in the label of what holds it. */
export function Glyph({ look, size = 30 }: { readonly look: ThingLook; readonly size?: number }) {
  return (
    <svg className={styles.glyph} width={size} height={size} viewBox="0 0 30 30" aria-hidden="true">
      {drawn(look)}
      {look.altered && <path d="M19 1.500 13.500 13l5 2.500L12 28.500" className={styles.crack} />}
    </svg>
  );
}
