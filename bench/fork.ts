// How long it takes from a change made by hand until the forked run is painted.
import type { Page } from 'playwright-core';
import { atMost, type Line, median, ms } from './measure';

const FORKS = ['Drop it', 'Send it twice'];
const ROUNDS = 9;

/** In the page: presses a handle, and waits frame by frame until another run is there. */
const fork = (label: string): string => `(async () => {
  const slider = () => document.querySelector('input[type=range]').max;
  const before = slider();
  const handle = [...document.querySelectorAll('button')].find((b) => b.textContent === ${JSON.stringify(label)});
  const start = performance.now();
  handle.click();
  while (slider() === before) await new Promise((next) => requestAnimationFrame(next));
  return performance.now() - start;
})()`;

/** `page` shows a standard flow at a message on its way. */
export async function forking(page: Page): Promise<Line> {
  const took: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const label = FORKS[round % FORKS.length] as string;
    await page.getByRole('button', { name: label, exact: true }).waitFor();
    took.push(await page.evaluate<number>(fork(label)));
  }
  return atMost('page', `change by hand → forked run, median of ${ROUNDS}`, median(took), 100, ms);
}
