// What lies around every view: the keyboard, panels, notices, progress, and what a screen reader is told.
import { useKeyboard } from '../Keyboard/useKeyboard';
import { NoticeBar } from '../Notice/NoticeBar';
import { useDrops } from '../OwnData/dropped';
import { Panels } from '../Panels/Panels';
import { ProgressBar } from '../Progress/ProgressBar';
import { Status } from '../Status/Status';

export default function Around() {
  useKeyboard();
  useDrops();
  return (
    <>
      <NoticeBar />
      <ProgressBar />
      <Status />
      <Panels />
    </>
  );
}
