// Every vantage against every scheme: each cell an attack that was really tried, and a way to it.
import { useState } from 'react';
import { type Attack, FLOW_IDS, FLOWS, type FlowId, VANTAGES } from '../../flows';
import { usePlayed, usePlayer, useWords } from '../context';
import view from '../Scenario/View.module.css';
import styles from './Attacker.module.css';

type Found = Partial<Readonly<Record<FlowId, readonly Attack[]>>>;

/** A memory is that of a step; the others are of the whole run. */
const placeOf = (flow: FlowId, seed: string, { vantage, at }: Attack): string =>
  `#/${flow}?${vantage === 'memory' || vantage === 'client' ? `step=${at}&level=deep&` : ''}seed=${seed}&view=attacker&vantage=${vantage}`;

export function Everywhere() {
  const words = useWords('attacker');
  const flows = useWords('flows');
  const player = usePlayer();
  const seed = usePlayed((s) => s.place?.seed ?? '');
  const loaded = usePlayed((s) => s.loaded);
  const [found, setFound] = useState<Found>();
  const [why, setWhy] = useState<string>();
  const own = loaded?.run.scenario.own;
  if (!own) return null;
  const run = async (): Promise<void> => {
    setFound({});
    setWhy(undefined);
    try {
      for (const flow of FLOW_IDS) {
        const [{ id: variant }] = FLOWS[flow].variants;
        const all = await player.ask('attacks', { flow, variant, fault: undefined, seed, own });
        setFound((before) => ({ ...before, [flow]: all }));
      }
    } catch (error) {
      setWhy((error as Error).message);
    }
  };
  const done = Object.keys(found ?? {}).length;
  return (
    <section className={styles.all}>
      <h3>{words('all')}</h3>
      <p className={view.intro}>{words('all about')}</p>
      {!found && (
        <button type="button" className="button" onClick={() => void run()}>
          {words('all run')}
        </button>
      )}
      {why && <p role="alert">{words('broken', { why })}</p>}
      {found && done < FLOW_IDS.length && !why && (
        <p className={styles.quiet}>{words('all of', { done, count: FLOW_IDS.length })}</p>
      )}
      {done > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls sideways where there is no room
        <section className={styles.scroll} tabIndex={0} aria-label={words('all')}>
          <table className={styles.table}>
            <thead>
              <tr>
                <td />
                {FLOW_IDS.map((flow) => (
                  <th key={flow} scope="col">
                    {flows(`flow ${flow}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {VANTAGES.map((vantage, row) => (
                <tr key={vantage}>
                  <th scope="row">{words(`vantage ${vantage}`)}</th>
                  {FLOW_IDS.map((flow) => {
                    const attack = found?.[flow]?.[row];
                    return (
                      <td key={flow}>
                        {attack && (
                          <a
                            className={styles.cell}
                            data-reads={attack.reads || undefined}
                            href={placeOf(flow, seed, attack)}
                          >
                            <span aria-hidden="true">{attack.reads ? '●' : '○'}</span>{' '}
                            {words(attack.reads ? 'cell reads' : 'cell not')}
                          </a>
                        )}
                      </td>
                    );
                  })}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </section>
  );
}
