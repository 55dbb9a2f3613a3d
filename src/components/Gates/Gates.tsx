// The request under the cursor at two doors: S3's decision and KMS's, each with the policies it was made by.
import { type Asked, askedAt, GATES, type GateId, policiesOf } from '../../flows';
import type { DeedStep } from '../../sim/types';
import { type Shown, usePlayer, useShown, useWords } from '../context';
import view from '../Scenario/View.module.css';
import styles from './Gates.module.css';
import { PolicyCard } from './PolicyCard';
import { contextOf, pairsOf } from './pairs';

type State = 'open' | 'closed' | 'not asked';

function stateOf(decisions: readonly DeedStep[]): State {
  if (decisions.length === 0) return 'not asked';
  return decisions.some(({ failed }) => failed) ? 'closed' : 'open';
}

/** A door in its frame: shut with a bolt, ajar, or only drawn where nobody came. */
function DoorPicture({ state }: { readonly state: State }) {
  return (
    <svg viewBox="0 0 44 56" width="44" height="56" aria-hidden="true" className={styles.picture}>
      <path className={styles.frame} d="M4 54V4h36v50" />
      {state === 'closed' && (
        <>
          <path className={styles.leaf} d="M8 8h28v46H8z" />
          <path className={styles.bolt} d="M14 24l16 14M30 24L14 38" />
        </>
      )}
      {state === 'open' && (
        <>
          <path className={styles.leaf} d="M8 8l16 6v40L8 54z" />
          <circle className={styles.knob} cx="20" cy="34" r="2" />
        </>
      )}
    </svg>
  );
}

interface PairsProps {
  readonly pairs: readonly (readonly [string, string])[];
  /** The names are long. */
  readonly wide?: boolean;
}

function Pairs({ pairs, wide }: PairsProps) {
  return (
    <dl className={styles.pairs} data-wide={wide}>
      {pairs.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Decision({
  shown,
  asked,
  decision,
}: {
  readonly shown: Shown;
  readonly asked: Asked;
  readonly decision: DeedStep;
}) {
  const words = useWords('gates');
  const player = usePlayer();
  const { facts } = decision;
  const looked = pairsOf(decision.inputs.conditions);
  const context = contextOf(shown.run, decision);
  const isHere = shown.step?.index === decision.index;
  const told: [string, string | undefined][] = [
    [words('caller'), facts.principal],
    [words('action'), facts.action],
    [words('resource'), facts.resource],
    [words('via'), facts.via],
    [
      words('decided'),
      facts.policy
        ? words('decided by', { policy: facts.policy, statement: facts.statement ?? '' })
        : words('decided by none'),
    ],
    [words('delegated'), facts.delegatedBy],
    [words('reason'), facts.reason],
  ];
  return (
    <div className={styles.decision}>
      {facts.blockedEncryptionTypes && (
        <p className={styles.blocked}>
          {words('blocked', { types: facts.blockedEncryptionTypes })}
        </p>
      )}
      <Pairs pairs={told.filter((pair): pair is [string, string] => Boolean(pair[1]))} />
      {context.length > 0 && (
        <>
          <h4>{words('context')}</h4>
          <Pairs pairs={context} />
        </>
      )}
      <h4>{words('conditions')}</h4>
      {looked.length > 0 ? (
        <Pairs pairs={looked} wide />
      ) : (
        <p className={styles.quiet}>{words('no conditions')}</p>
      )}
      {policiesOf(shown.run, decision).map((policy) => (
        <PolicyCard
          key={policy.of}
          policy={policy}
          decision={decision}
          bucket={shown.run.scenario.own.bucket}
          {...(asked.request.chapter === 'prepare' ? {} : { at: asked.request.index })}
        />
      ))}
      <button
        type="button"
        className={styles.go}
        aria-disabled={isHere}
        onClick={() => player.jump(decision.index)}
      >
        {words(isHere ? 'here' : 'go')}
      </button>
    </div>
  );
}

function Door({
  gate,
  asked,
  shown,
}: {
  readonly gate: GateId;
  readonly asked: Asked;
  readonly shown: Shown;
}) {
  const words = useWords('gates');
  const decisions = asked.decisions[gate];
  const state = stateOf(decisions);
  const other = stateOf(asked.decisions[gate === 's3' ? 'kms' : 's3']);
  return (
    <section className={styles.door} data-state={state} data-gate={gate}>
      <header className={styles.head}>
        <DoorPicture state={state} />
        <h3>
          {words(`gate ${gate}`)} <span className={styles.state}>{words(state)}</span>
        </h3>
      </header>
      {state === 'not asked' && (
        <p className={styles.quiet}>
          {words(`${other === 'closed' ? 'why not reached' : 'why not asked'} ${gate}`)}
        </p>
      )}
      {decisions.map((decision) => (
        <Decision key={decision.index} shown={shown} asked={asked} decision={decision} />
      ))}
    </section>
  );
}

export default function Gates() {
  const words = useWords('gates');
  const shown = useShown();
  const asked = shown && askedAt(shown.run, shown.step?.index ?? -1);
  return (
    <section className={view.view} aria-label={words('gates')}>
      <h2 className={view.title}>
        {asked ? words('request', { operation: asked.request.operation }) : words('gates')}
      </h2>
      <p className={view.intro}>{words(asked ? 'intro' : 'none')}</p>
      {asked && (
        <div className={styles.doors}>
          {GATES.map((gate) => (
            <Door key={gate} gate={gate} asked={asked} shown={shown} />
          ))}
        </div>
      )}
    </section>
  );
}
