// Name, schemes, and the page's own settings.
import { useEffect, useRef } from 'react';
import { FLOW_IDS } from '../../flows';
import { THEMES, type Theme, VIEWS, type View } from '../../player';
import { usePlayed, usePlayer, useWords } from '../context';
import { present } from '../Present/present';
import { Brand } from './Brand';
import styles from './TopBar.module.css';

interface TopBarProps {
  readonly onShare: () => void;
  readonly onHelp: () => void;
}

/** A link that changes the place without loading anything; opened in another tab, it leads to the same scheme. */
export function FlowLink({
  flow,
  className,
  children,
}: {
  flow: (typeof FLOW_IDS)[number];
  className?: string | undefined;
  children: React.ReactNode;
}) {
  const player = usePlayer();
  const current = usePlayed((s) => s.place?.flow);
  return (
    <a
      className={className}
      href={`#/${flow}`}
      aria-current={current === flow ? 'page' : undefined}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
        event.preventDefault();
        player.choose({ flow });
      }}
    >
      {children}
    </a>
  );
}

export function ThemeChoice() {
  const ui = useWords('ui');
  const player = usePlayer();
  const theme = usePlayed((s) => s.settings.theme);
  return (
    <label className={styles.theme}>
      <span className="visually-hidden">{ui('theme')}</span>
      <span className={styles.themeMark} aria-hidden="true">
        ◐
      </span>
      <select
        className="button"
        value={theme}
        onChange={(event) => player.set({ theme: event.target.value as Theme })}
      >
        {THEMES.map((one) => (
          <option key={one} value={one}>
            {ui(`theme ${one}`)}
          </option>
        ))}
      </select>
    </label>
  );
}

/** How the run is seen: as a picture, as text, through somebody's eyes. */
function ViewChoice({ view }: { readonly view: View }) {
  const ui = useWords('ui');
  const player = usePlayer();
  return (
    <label>
      <span className="visually-hidden">{ui('view')}</span>
      <select
        className="button"
        value={view}
        onChange={(event) => player.choose({ view: event.target.value as View })}
      >
        {VIEWS.filter((one) => one !== 'present' && one !== 'speaker').map((one) => (
          <option key={one} value={one}>
            {ui(`view ${one}`)}
          </option>
        ))}
      </select>
    </label>
  );
}

export function TopBar({ onShare, onHelp }: TopBarProps) {
  const ui = useWords('ui');
  const flows = useWords('flows');
  const player = usePlayer();
  const view = usePlayed((s) => s.place?.view);
  const flow = usePlayed((s) => s.place?.flow);
  const strip = useRef<HTMLElement>(null);
  useEffect(() => {
    // Where the schemes do not fit, the strip shows the current one; only the strip moves, never the page.
    const current = flow && strip.current?.querySelector<HTMLElement>('[aria-current]');
    if (current && strip.current)
      strip.current.scrollLeft = current.offsetLeft - strip.current.offsetLeft - 24;
  }, [flow]);
  return (
    <header className={styles.bar}>
      <a className={styles.brand} href="#/" title={ui('to the map')}>
        <Brand />
        <span>Sealed</span>
      </a>
      <nav ref={strip} className={styles.schemes} aria-label={ui('schemes')}>
        {FLOW_IDS.map((flow) => (
          <FlowLink key={flow} flow={flow} className={styles.scheme}>
            {flows(`flow ${flow}`)}
          </FlowLink>
        ))}
      </nav>
      <div className={styles.tools}>
        {view && <ViewChoice view={view} />}
        {view && (
          <button
            type="button"
            className={`button ${styles.present}`}
            onClick={() => present(player)}
          >
            {ui('present')}
          </button>
        )}
        <ThemeChoice />
        {view && (
          <button type="button" className="button" onClick={onShare}>
            {ui('share')}
          </button>
        )}
        <button type="button" className="button" onClick={onHelp} aria-label={ui('help')}>
          ?
        </button>
      </div>
    </header>
  );
}
