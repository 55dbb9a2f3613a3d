// The document's title: where one is, so that tabs, histories and bookmarks can be told apart.
import { useEffect } from 'react';
import { usePlayed, useWords } from '../context';

export function useTitle(): void {
  const ui = useWords('ui');
  const flows = useWords('flows');
  const flow = usePlayed((s) => s.place?.flow);
  const room = usePlayed((s) => s.room.id);
  useEffect(() => {
    const place = flow ? flows(`flow ${flow}`) : room !== 'map' && ui(`room ${room}`);
    document.title = place ? ui('title in', { place }) : ui('title');
  }, [flow, room, ui, flows]);
}
