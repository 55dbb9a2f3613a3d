// What a screen reader is told: each step in one sentence, politely; failures and notices at once, and not a second time.
import { useEffect, useRef, useState } from 'react';
import { useCaption, usePlayed, useWords } from '../context';
import { useNotice } from '../Notice/useNotice';
import { useFailure } from '../Progress/useFailure';
import { sentenceOf } from './sentences';

/** A run shorter than this is not worth two sentences. */
const LONG = 700;

/** What is said at once: of a step that failed, or of the page. Either ends only what it said itself. */
interface Urgent {
  readonly of: 'step' | 'page';
  readonly text: string;
}
const said =
  (of: Urgent['of'], text: string) =>
  (before: Urgent): Urgent =>
    text !== '' || before.of === of ? { of, text } : before;

export function Status() {
  const words = useWords('panels');
  const caption = useCaption();
  const loaded = usePlayed((s) => s.loaded);
  const step = usePlayed((s) => s.place?.step ?? -1);
  const level = usePlayed((s) => s.place?.level);
  const isRunning = usePlayed((s) => s.work.kind === 'running');
  const notice = useNotice().join(' ');
  const failure = useFailure()?.text;
  const [polite, setPolite] = useState('');
  const [urgent, setUrgent] = useState<Urgent>({ of: 'page', text: '' });
  const saidRunning = useRef(false);

  useEffect(() => {
    if (!isRunning) return;
    const timer = setTimeout(() => {
      saidRunning.current = true;
      setPolite(words('status running'));
    }, LONG);
    return () => clearTimeout(timer);
  }, [isRunning, words]);

  useEffect(() => {
    if (!loaded || !level) {
      setPolite('');
      setUrgent(said('step', ''));
      return;
    }
    const { id, values } = sentenceOf(loaded, { level, step }, (one) => caption(loaded, one));
    const text = words(id, values);
    const failed = id === 'status failed';
    setPolite(failed ? '' : saidRunning.current ? words('status ready', { text }) : text);
    setUrgent(said('step', failed ? text : ''));
    saidRunning.current = false;
  }, [loaded, step, level, caption, words]);

  useEffect(() => setUrgent(said('page', failure ?? notice)), [failure, notice]);

  return (
    <div className="visually-hidden">
      <div role="status">{polite}</div>
      <div role="alert">{urgent.text}</div>
    </div>
  );
}
