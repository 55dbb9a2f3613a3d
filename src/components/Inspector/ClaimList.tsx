// How far each thing said about a step is known: documented by AWS, observed, or modelled by us; with the sources.
import { claimsOf, SOURCES } from '../../flows';
import type { Step } from '../../sim/types';
import { type Shown, useWords } from '../context';
import { WithTerms } from '../Glossary/WithTerms';
import styles from './Inspector.module.css';

export function ClaimList({ shown, step }: { readonly shown: Shown; readonly step: Step }) {
  const words = useWords('inspector');
  const sentences = useWords('claims');
  const claims = claimsOf(shown.run, step);
  if (claims.length === 0) return null;
  return (
    <section className={styles.section}>
      <h3>{words('claims')}</h3>
      <ul className={styles.claims}>
        {claims.map(({ id, status, sources }) => (
          <li key={id}>
            <span
              className={styles.chip}
              data-status={status}
              title={sentences(`status ${status}`)}
            >
              {words(status)}
            </span>
            <p>
              <WithTerms text={sentences(id)} />
            </p>
            {sources.length > 0 && (
              <details className={styles.sources}>
                <summary>{words('source', { count: sources.length })}</summary>
                <ul>
                  {sources.map((source) => {
                    const { title, url } = SOURCES[source];
                    return (
                      <li key={source}>
                        {url ? (
                          <a href={url} target="_blank" rel="noreferrer">
                            {title}
                          </a>
                        ) : (
                          title
                        )}
                      </li>
                    );
                  })}
                </ul>
              </details>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
