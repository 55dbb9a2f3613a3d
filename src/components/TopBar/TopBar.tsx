// Name, schemes, and the page's own settings.
import { FLOW_IDS } from '../../flows';
import { usePlayed, usePlayer, useWords } from '../context';

export function TopBar() {
  const flows = useWords('flows');
  const player = usePlayer();
  const current = usePlayed((s) => s.place?.flow);
  return (
    <header>
      <nav>
        {FLOW_IDS.map((id) => (
          <a
            key={id}
            href={`#/${id}`}
            aria-current={current === id ? 'page' : undefined}
            onClick={(event) => {
              event.preventDefault();
              player.choose({ flow: id });
            }}
          >
            {flows(`flow ${id}`)}
          </a>
        ))}
      </nav>
    </header>
  );
}
