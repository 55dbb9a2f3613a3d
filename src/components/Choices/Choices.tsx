// What is being watched: the scheme's variant, what goes wrong, and whose data it is. One bar above the stage.
import { type FaultId, FLOWS, type VariantId, variantOf, verdictOf } from '../../flows';
import { isDefault } from '../../player';
import { usePlayed, usePlayer, useShown, useWords } from '../context';
import { openPanel } from '../Panels/panel';
import styles from './Choices.module.css';

export function Choices({ onOwnData }: { readonly onOwnData: () => void }) {
  const ui = useWords('ui');
  const flows = useWords('flows');
  const faults = useWords('faults');
  const player = usePlayer();
  const place = usePlayed((s) => s.place);
  const shown = useShown();
  const hasOwn = usePlayed((s) => s.file !== undefined || !isDefault(s.draft));
  if (!place) return null;
  const { flow, variant, fault } = place;
  const variants = FLOWS[flow].variants;
  const verdict = shown && shown.run.scenario.fault === fault ? verdictOf(shown.run) : undefined;
  const change = shown?.run.trace.chapters.find(({ id }) => id === 'change');
  const isPast =
    shown?.step !== undefined && change !== undefined && shown.step.index >= change.start;
  const told = verdict && shown?.step && shown.step.index >= verdict.step;
  return (
    <div className={styles.choices}>
      {variants.length > 1 && (
        <label className={styles.choice}>
          <span>{ui('variant')}</span>
          <select
            className="button"
            value={variant}
            title={flows(`about ${variant}`)}
            onChange={(event) => player.choose({ variant: event.target.value as VariantId })}
          >
            {variants.map(({ id }) => (
              <option key={id} value={id}>
                {flows(`variant ${id}`)}
              </option>
            ))}
          </select>
        </label>
      )}
      <label className={styles.choice}>
        <span>{faults('fault')}</span>
        <select
          className="button"
          data-on={fault !== undefined || undefined}
          value={fault ?? ''}
          onChange={(event) =>
            player.choose({ fault: (event.target.value || undefined) as FaultId | undefined })
          }
        >
          <option value="">{faults('none')}</option>
          {variantOf({ flow, variant }).faults.map((id) => (
            <option key={id} value={id}>
              {faults(`fault ${id}`)}
            </option>
          ))}
        </select>
      </label>
      {fault && (
        <p className={styles.ribbon} data-told={told || undefined} data-kind={verdict?.kind}>
          {told && verdict ? (
            <span>
              {faults(
                verdict.kind === 'caught' ? `caught ${verdict.by}` : `unnoticed ${verdict.object}`,
              )}
            </span>
          ) : (
            <span>{ui('you changed', { what: faults(`fault ${fault}`) })}</span>
          )}
          {change && !isPast && (
            <button
              type="button"
              className={styles.reset}
              onClick={() => player.jump(change.start)}
            >
              {ui('go to change')}
            </button>
          )}
          <button
            type="button"
            className={styles.reset}
            onClick={() => player.choose({ fault: undefined })}
          >
            {ui('reset')}
          </button>
        </p>
      )}
      <button type="button" className={`button ${styles.where}`} onClick={() => openPanel('where')}>
        {ui('where')}
      </button>
      <button
        type="button"
        className={`button ${styles.own}`}
        data-on={hasOwn || undefined}
        title={hasOwn ? ui('own data in use') : undefined}
        onClick={onOwnData}
      >
        <span className={styles.long}>{ui('own data')}</span>
        {hasOwn && <span aria-hidden="true">✓</span>}
        <span className={styles.short} aria-hidden="true">
          ✎
        </span>
      </button>
    </div>
  );
}
