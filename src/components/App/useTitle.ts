// The document's title: where one is, so that tabs, histories and bookmarks can be told apart.
import { useEffect } from 'react';
import { usePlayed, useWords } from '../context';

export function useTitle(): void {
  const ui = useWords('ui');
  const flows = useWords('flows');
  const flow = usePlayed((s) => s.place?.flow);
  useEffect(() => {
    document.title = flow ? ui('title in', { place: flows(`flow ${flow}`) }) : ui('title');
  }, [flow, ui, flows]);
}
