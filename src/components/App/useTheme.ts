// Puts the theme on the document: the chosen one, or what the system prefers; a presentation has the projector's.
import { useEffect } from 'react';
import { usePlayed } from '../context';

const DARK = '(prefers-color-scheme: dark)';

export function useTheme(): void {
  const theme = usePlayed((s) => (s.place?.view === 'present' ? 'projector' : s.settings.theme));
  useEffect(() => {
    const query = matchMedia(DARK);
    const apply = (): void => {
      const system = query.matches ? 'dark' : 'light';
      document.documentElement.dataset.theme = theme === 'system' ? system : theme;
    };
    apply();
    query.addEventListener('change', apply);
    return () => query.removeEventListener('change', apply);
  }, [theme]);
}
