// The built page in a real Chromium, beside a blank page and a trivial React + Framer Motion page: same browser, same
// clockwork, in turns. Each has a context of its own, so a process of its own, which CPU slowdown needs.
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, type CDPSession, chromium, type Page } from 'playwright-core';
import { findChromium } from '../scripts/find-chromium.mjs';
import { forking } from './fork';
import { atMost, type Line, median, ms, number, quantile, type Report, times } from './measure';
import { MIB } from './scenarios';
import { type Served, serveAll } from './served';

const AREA = 'page';
const IN_PAGE = fileURLToPath(new URL('./in-page.js', import.meta.url));
const SIZE = { width: 1440, height: 900 };
/** A flight takes about this long; on a blank page frames are watched as long. */
const FLIGHT = 600;
const ROUNDS = 4;
const LARGE_RUNS = 5;
/** The app is what is measured; the others tell what the same machine does with less. */
const CLICKS_A_ROUND = { app: 16, floor: 8, blank: 8 };

const ARGS = [
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), // Chromium's sandbox does not start as root
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

interface Subject {
  readonly name: 'app' | 'floor' | 'blank';
  readonly page: Page;
  readonly cdp: CDPSession;
}

interface Click {
  readonly paint: number;
  readonly frames: readonly number[];
}

async function newPage(browser: Browser, viewport = SIZE): Promise<Page> {
  const context = await browser.newContext({ viewport });
  const page = await context.newPage();
  await page.addInitScript({ path: IN_PAGE });
  return page;
}

async function openSubject(
  browser: Browser,
  name: Subject['name'],
  address: string,
): Promise<Subject> {
  const page = await newPage(browser);
  await page.goto(address, { waitUntil: 'networkidle' });
  await page.getByRole('button', { name: 'Next step', exact: true }).waitFor();
  if (name === 'app') await inPage(page, 'bench.runIsThere()');
  return { name, page, cdp: await page.context().newCDPSession(page) };
}

/** Strings, not functions, go to the page: what compiles this file would leave its own marks in functions. */
const inPage = <T>(page: Page, expression: string): Promise<T> => page.evaluate(expression);

async function clicksOn({ name, page }: Subject, count: number): Promise<Click[]> {
  await page.bringToFront();
  const button = page.getByRole('button', { name: 'Next step', exact: true });
  const clicks: Click[] = [];
  while (clicks.length < count) {
    const place = name === 'app' ? await placeOf(page) : undefined;
    if (place && place.at === place.end) {
      await press(page, 'Restart', 1);
      continue;
    }
    const box = await button.boundingBox();
    if (!box) throw new Error(`${name}: no Next to click on`);
    await inPage(page, `bench.arm(${name === 'blank' ? FLIGHT : 0})`);
    await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
    const click = await inPage<Click>(page, 'bench.click');
    // A click that only finished a motion did not step.
    if (!place || (await placeOf(page)).at === place.at + 1) clicks.push(click);
  }
  return clicks;
}

const placeOf = (page: Page): Promise<{ at: number; end: number }> =>
  inPage(
    page,
    '(({ value, max }) => ({ at: Number(value), end: Number(max) }))(document.querySelector("input[type=range]"))',
  );

/** Presses a button from inside the page, as fast as it can be drawn. */
async function press(page: Page, name: string, count: number): Promise<void> {
  const button = await page.getByRole('button', { name, exact: true }).elementHandle();
  // biome-ignore lint/suspicious/noExplicitAny: what in-page.js put there
  await page.evaluate(([one, presses]) => (globalThis as any).bench.press(one, presses), [
    button,
    count,
  ] as const);
}

type Clicks = Readonly<Record<Subject['name'], Click[]>>;

async function clickAll(subjects: readonly Subject[], slowdown: number): Promise<Clicks> {
  const all: Clicks = { app: [], floor: [], blank: [] };
  for (const { cdp } of subjects)
    await cdp.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
  for (const subject of subjects) await clicksOn(subject, 4);
  for (let round = 0; round < ROUNDS; round++) {
    for (const subject of subjects)
      all[subject.name].push(...(await clicksOn(subject, CLICKS_A_ROUND[subject.name])));
  }
  for (const { cdp } of subjects) await cdp.send('Emulation.setCPUThrottlingRate', { rate: 1 });
  return all;
}

const paint = (clicks: readonly Click[]): number => median(clicks.map((click) => click.paint));
const frame95 = (clicks: readonly Click[]): number =>
  quantile(
    clicks.flatMap((click) => click.frames),
    0.95,
  );

const beside = (of: (clicks: readonly Click[]) => number, { floor, blank }: Clicks): string =>
  `React + motion ${ms(of(floor))}, blank page ${ms(of(blank))}`;

async function stepping(subjects: readonly Subject[], report: Report): Promise<void> {
  for (const [slowdown, paintLimit, frameLimit] of [
    [1, 40, 1.1],
    [4, 120, 1.5],
  ] as const) {
    const [app] = subjects as [Subject];
    await inPage(app.page, 'void (bench.longTasks.length = 0)');
    const clicks = await clickAll(subjects, slowdown);
    const at = slowdown === 1 ? '' : ` at ${slowdown}× slowdown`;
    const what = `Next → next paint, median of ${clicks.app.length}${at}`;
    report(atMost(AREA, what, paint(clicks.app), paintLimit, ms, beside(paint, clicks)));
    const ratio = frame95(clicks.app) / frame95(clicks.blank);
    const note = `${ms(frame95(clicks.app))}; ${beside(frame95, clicks)}`;
    report(atMost(AREA, `frame interval p95 in flight${at}`, ratio, frameLimit, times, note));
    const long = await inPage<number[]>(app.page, 'bench.longTasks');
    const longest = Math.max(0, ...long);
    const tasks = `long tasks while stepping${at}`;
    const figure = `${long.length}${long.length ? `, longest ${ms(longest)}` : ''}`;
    // Slowed down on purpose, a task is long before it is too long: told, held against nothing.
    report(
      slowdown === 1
        ? { area: AREA, what: tasks, figure, target: 'none over 50 ms', isOver: long.length > 0 }
        : { area: AREA, what: tasks, figure },
    );
  }
}

async function heap({ page, cdp }: Subject): Promise<Line> {
  const used = async (): Promise<number> => {
    await cdp.send('HeapProfiler.collectGarbage');
    return (await cdp.send('Runtime.getHeapUsage')).usedSize;
  };
  const walk = async (): Promise<void> => {
    // 100 steps in all directions of a trace that may be shorter.
    const { end } = await placeOf(page);
    const some = Math.min(end, 50);
    for (let done = 0; done < 100; done += some) {
      await press(page, 'Next step', some);
      await press(page, 'Previous step', some);
    }
  };
  await page.bringToFront();
  await press(page, 'Restart', 1);
  await walk();
  const before = await used();
  await walk();
  const growth = ((await used()) - before) / MIB;
  const mib = (value: number): string => `${number(value)} MiB`;
  return atMost(AREA, 'heap growth, 100 steps forward and back', growth, 1, mib);
}

/** Several runs: whatever else the machine does makes a task long now and then. */
async function largeFile({ page }: Subject): Promise<Line> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const longest: number[] = [];
  const took: number[] = [];
  try {
    const file = join(folder, 'film.bin');
    writeFileSync(file, '');
    truncateSync(file, 64 * MIB);
    await page.bringToFront();
    for (let run = 0; run < LARGE_RUNS; run++) {
      await page.getByRole('button', { name: 'Your own data', exact: true }).click();
      const dialog = page.getByRole('dialog');
      if (run === 0) await dialog.getByLabel('Choose a file').setInputFiles(file);
      await dialog.getByText('film.bin').first().waitFor();
      await inPage(page, 'void (bench.longTasks.length = 0)');
      const start = performance.now();
      await dialog.getByRole('button', { name: 'Run with this' }).click();
      await inPage(page, 'bench.runIsThere(false).then(() => bench.runIsThere())');
      took.push(performance.now() - start);
      const long = await inPage<number[]>(page, 'bench.nextFrame().then(() => bench.longTasks)');
      longest.push(Math.max(0, ...long));
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const free = longest.filter((task) => task === 0).length;
  const figure = `in ${free} of ${LARGE_RUNS} runs none; longest of each: ${longest.map(number).join(', ')} ms`;
  return {
    area: AREA,
    what: 'long tasks while 64 MiB are worked on',
    figure: `${figure}  (done in ${ms(median(took))})`,
    target: 'none over 50 ms',
    isOver: median(longest) > 0,
  };
}

async function firstView(browser: Browser, { app, floor, blank }: Served): Promise<Line[]> {
  const paints: Record<string, number[]> = {};
  let shift = 0;
  for (let round = 0; round < 7; round++) {
    for (const [name, address] of Object.entries({ app, floor, blank })) {
      const page = await newPage(browser);
      await page.goto(address, { waitUntil: 'networkidle' });
      await inPage(page, 'bench.firstPaintIsThere()');
      const list = paints[name] ?? [];
      paints[name] = list;
      list.push(await inPage(page, 'bench.firstPaint'));
      if (name === 'app') shift = Math.max(shift, await inPage(page, 'bench.shift'));
      await page.context().close();
    }
  }
  const of = (name: string): string => ms(median(paints[name] ?? []));
  return [
    {
      area: AREA,
      what: 'first contentful paint of the map',
      figure: `${of('app')}  (React + motion ${of('floor')}, blank page ${of('blank')})`,
    },
    atMost(AREA, 'layout shift of the first view', shift, 0, (value) => value.toFixed(4)),
  ];
}

export async function benchPage(report: Report): Promise<void> {
  const found = findChromium();
  if (!found) throw new Error('no Chromium: run `npm run browser` first');
  const served = await serveAll();
  const browser = await chromium.launch({ executablePath: found.path, args: ARGS });
  try {
    (await firstView(browser, served)).forEach(report);
    const subjects = [
      await openSubject(browser, 'app', `${served.app}#/sse-kms?seed=bench`),
      await openSubject(browser, 'floor', served.floor),
      await openSubject(browser, 'blank', served.blank),
    ];
    const [app] = subjects as [Subject];
    await stepping(subjects, report);
    report(await heap(app));
    report(await largeFile(app));
    const forked = await newPage(browser);
    await forked.goto(`${served.app}#/sse-kms?seed=bench&level=standard&step=13`);
    report(await forking(forked));
  } finally {
    await browser.close();
    await served.close();
  }
}
