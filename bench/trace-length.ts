// Stepping in a long trace against stepping in a short one: the player's moves, and what the stage draws from. The long
// trace is a real one, over and over, in chapters as long as a real one's; one endless chapter is measured apart.
import { sceneOf } from '../src/components/Stage/scene';
import { runScenario } from '../src/flows';
import { createMemory, createPlayer, type Loaded, type Player } from '../src/player';
import type { Chapter, ChapterId, Step, Trace } from '../src/sim';
import { atMost, median, type Report, takeTurns, times } from './measure';
import { KIB, someBytes, sseKms } from './scenarios';

const AREA = 'length';
const SHORT = 10;
const LONG = 500;
const MOVES = 400;
const ROUNDS = 15;
/** Milliseconds that a step of one endless chapter may cost on top: its arrows carry all their numbers. */
const MORE = 0.1;

/** `length` steps, made of the steps of a real run. Chapters as in the run, over and over, or one for all. */
function repeated(real: Trace, length: number, oneChapter: boolean): Trace {
  const steps = Array.from({ length }, (_, index): Step => {
    const step = real.steps[index % real.steps.length] as Step;
    const chapter: ChapterId = oneChapter ? 'put' : step.chapter;
    return { ...step, index, chapter, depth: 'overview' };
  });
  const chapters: Chapter[] = [];
  for (const { chapter, index } of steps) {
    const last = chapters.at(-1);
    if (last?.id === chapter) chapters[chapters.length - 1] = { ...last, end: index + 1 };
    else chapters.push({ id: chapter, start: index, end: index + 1 });
  }
  return { ...real, steps, chapters };
}

async function playerOf(trace: Trace): Promise<Player> {
  const scenario = sseKms(someBytes(KIB));
  const none = (): never => {
    throw new Error('no storage here');
  };
  const player = createPlayer({
    engine: { run: async () => ({ scenario, trace }), cancel: () => undefined },
    lab: { ask: none },
    memory: createMemory(none, none),
    seed: () => 'bench',
    still: () => true,
  });
  player.open('#/sse-kms?level=overview&seed=bench');
  while (!player.getState().loaded) await new Promise((done) => setImmediate(done));
  return player;
}

/** Places all over a trace, the same number of them whatever its length. */
const placesIn = (length: number): number[] =>
  Array.from({ length: MOVES }, (_, i) => (i * 7919) % length);

interface Subject {
  readonly player: Player;
  readonly loaded: Loaded;
  readonly places: readonly number[];
}

const WORKS: Readonly<Record<string, (subject: Subject, place: number) => void>> = {
  jump: ({ player }, place) => player.jump(place),
  'jump, next, previous': ({ player }, place) => {
    player.jump(place);
    player.next();
    player.previous();
  },
  'scene of the stage': ({ loaded }, place) => {
    sceneOf(loaded, 'overview', place);
  },
};

async function compare(oneChapter: boolean, report: Report): Promise<void> {
  const { trace } = await runScenario(sseKms(someBytes(KIB)));
  const subjectOf = async (length: number): Promise<Subject> => {
    const player = await playerOf(repeated(trace, length, oneChapter));
    const loaded = player.getState().loaded as Loaded;
    return { player, loaded, places: placesIn(length) };
  };
  const [short, long] = [await subjectOf(SHORT), await subjectOf(LONG)];
  for (const [name, work] of Object.entries(WORKS)) {
    const all = (subject: Subject) => () => {
      for (const place of subject.places) work(subject, place);
    };
    const taken = await takeTurns({ short: all(short), long: all(long) }, ROUNDS, 5);
    const [inLong, inShort] = [median(taken.long) / MOVES, median(taken.short) / MOVES];
    const micro = (time: number): string => `${(time * 1000).toFixed(1)} µs`;
    const what = `${name}, ${LONG} steps against ${SHORT}${oneChapter ? ', one chapter' : ''}`;
    const figure = `${micro(inLong)} against ${micro(inShort)}`;
    report(
      oneChapter
        ? atMost(AREA, what, inLong - inShort, MORE, (time) => `${micro(time)} more`, figure)
        : atMost(AREA, what, inLong / inShort, 2, times, figure),
    );
  }
}

export async function benchLength(report: Report): Promise<void> {
  await compare(false, report);
  await compare(true, report);
}
