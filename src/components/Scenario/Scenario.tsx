// A scenario: stage, inspector, timeline.
import { Inspector } from '../Inspector/Inspector';
import { Stage } from '../Stage/Stage';
import { Timeline } from '../Timeline/Timeline';

export default function Scenario() {
  return (
    <main>
      <Stage />
      <Inspector />
      <Timeline />
    </main>
  );
}
