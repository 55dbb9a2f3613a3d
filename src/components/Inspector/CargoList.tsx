// What travels in a message or takes part in a deed, with its glyph and its state.
import type { Step } from '../../sim/types';
import { useWords } from '../context';
import { Glyph } from '../glyphs/Glyph';
import { lookOf, useThingName } from '../things';
import styles from './Inspector.module.css';

export function CargoList({ step }: { readonly step: Step }) {
  const words = useWords('inspector');
  const nameOf = useThingName();
  const isMessage = step.kind !== 'deed';
  if (step.cargo.length === 0)
    return isMessage ? <p className={styles.quiet}>{words('cargo none')}</p> : null;
  return (
    <section className={styles.section}>
      <h3>{words(isMessage ? 'cargo message' : 'cargo deed')}</h3>
      <ul className={styles.cargo}>
        {step.cargo.map((id) => {
          const look = lookOf(id);
          const key = look.under ?? '';
          const state =
            step.kind === 'deed' && step.deed === 'forgets'
              ? 'wiped'
              : look.altered
                ? 'altered'
                : look.under
                  ? 'sealed'
                  : 'readable';
          return (
            <li key={id}>
              <Glyph look={look} size={28} />
              <span>
                <strong>{nameOf(id)}</strong>
                <span className={styles.state}>{words(state, { key })}</span>
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
