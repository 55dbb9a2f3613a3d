// What a presenter can do besides the next step, with the key for each; it comes with the pointer and goes with it, and is
// always there for the keyboard and for a screen reader.
import { useRef, useState } from 'react';
import { usePlayed, usePlayer, useWords } from '../context';
import styles from './Present.module.css';
import { PRESENT_ACTIONS, PRESENT_KEYS, type PresentAction } from './presentKeys';

interface ToolsProps {
  readonly isShown: boolean;
  readonly pressed: Readonly<Partial<Record<PresentAction, boolean>>>;
  readonly onAct: (action: PresentAction) => void;
}

const FILTERS = ['brightness', 'contrast'] as const;

/** For bad projectors. */
function Filters() {
  const words = useWords('present');
  const player = usePlayer();
  const settings = usePlayed((s) => s.settings);
  return (
    <div className={styles.filters}>
      {FILTERS.map((one) => (
        <label key={one}>
          {words(one)}
          <input
            type="range"
            min={50}
            max={150}
            step={5}
            value={settings[one]}
            onChange={(event) => player.set({ [one]: Number(event.target.value) })}
          />
          <output>{settings[one]} %</output>
        </label>
      ))}
      <button type="button" onClick={() => player.set({ brightness: 100, contrast: 100 })}>
        {words('filters off')}
      </button>
    </div>
  );
}

export function PresentTools({ isShown, pressed, onAct }: ToolsProps) {
  const words = useWords('present');
  const player = usePlayer();
  const [filters, setFilters] = useState(false);
  const tools = useRef<HTMLDivElement>(null);
  return (
    <div
      ref={tools}
      className={styles.tools}
      role="toolbar"
      aria-label={words('tools')}
      data-shown={isShown || filters || undefined}
      data-over
    >
      {filters && <Filters />}
      <div className={styles.row}>
        <button type="button" onClick={player.previous}>
          {words('previous')}
          <kbd>←</kbd>
        </button>
        <button type="button" onClick={player.next}>
          {words('next')}
          <kbd>→</kbd>
        </button>
        {PRESENT_ACTIONS.map((action) => (
          <button
            key={action}
            type="button"
            aria-pressed={pressed[action]}
            onClick={() => onAct(action)}
          >
            {words(`do ${action}`)}
            <kbd>{words(`key ${PRESENT_KEYS[action][0]}`)}</kbd>
          </button>
        ))}
        <button type="button" aria-expanded={filters} onClick={() => setFilters(!filters)}>
          {words('filters')}
        </button>
      </div>
    </div>
  );
}
