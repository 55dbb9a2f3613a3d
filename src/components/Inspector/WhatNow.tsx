// At the end of a run: ways to go on. The other faults of this variant, and the next scheme.
import { FLOW_IDS, variantOf } from '../../flows';
import type { Shown } from '../context';
import { usePlayer, useWords } from '../context';
import styles from './WhatNow.module.css';

const OFFERED = 2;

export function WhatNow({ shown }: { readonly shown: Shown }) {
  const words = useWords('inspector');
  const flows = useWords('flows');
  const faults = useWords('faults');
  const player = usePlayer();
  const { flow, fault } = shown.run.scenario;
  const others = variantOf(shown.run.scenario).faults;
  const after = fault ? others.indexOf(fault) + 1 : 0;
  const offered = others.slice(after, after + OFFERED);
  const next = FLOW_IDS[(FLOW_IDS.indexOf(flow) + 1) % FLOW_IDS.length] ?? FLOW_IDS[0];
  return (
    <section className={styles.now}>
      <h3>{words('now')}</h3>
      <ul className={styles.ways}>
        {offered.map((id) => (
          <li key={id}>
            <button type="button" className="button" onClick={() => player.choose({ fault: id })}>
              {faults('fault')} {faults(`fault ${id}`)}
            </button>
          </li>
        ))}
        <li>
          <button
            type="button"
            className="button"
            onClick={() => player.choose({ flow: next, fault: undefined })}
          >
            {words('now scheme', { scheme: flows(`flow ${next}`) })}
          </button>
        </li>
      </ul>
    </section>
  );
}
