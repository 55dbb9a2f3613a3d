// The key hierarchy with as many objects as it takes, in a real Chromium: when its picture is there, how smoothly it moves,
// how much memory it needs.
import { type Browser, chromium, type Page } from 'playwright-core';
import { findChromium } from '../scripts/find-chromium.mjs';
import { atMost, ms, number, quantile, type Report } from './measure';
import { serveAll } from './served';

const AREA = 'keys';
const OBJECTS = 100_000;
const MOVES = 120;

const mebibytes = (value: number): string => `${number(value)} MiB`;

async function openRoom(browser: Browser, address: string): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(address, { waitUntil: 'networkidle' });
  return page;
}

/** Milliseconds between frames while `act` goes on. */
async function framesDuring(page: Page, act: () => Promise<void>): Promise<number[]> {
  await page.evaluate(
    `globalThis.frames = []; globalThis.watching = true; (() => { let last = performance.now(); const on = (now) => { frames.push(now - last); last = now; if (watching) requestAnimationFrame(on); }; requestAnimationFrame(on); })()`,
  );
  await act();
  return page.evaluate('watching = false, frames.slice(1)');
}

/** All that the page and its workers hold, as Chromium counts it; MiB. */
const memoryOf = (page: Page): Promise<number> =>
  page.evaluate(
    'performance.measureUserAgentSpecificMemory().then(({ bytes }) => bytes / 2 ** 20)',
  );

export async function benchKeys(report: Report): Promise<void> {
  const served = await serveAll();
  const found = findChromium();
  if (!found) throw new Error('there is no Chromium to measure in');
  const browser = await chromium.launch({
    executablePath: found.path,
    args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
  });
  try {
    const page = await openRoom(browser, served.app);
    const began = Date.now();
    await page.goto(`${served.app}#/keys?seed=bench&objects=${OBJECTS}`);
    await page.getByRole('tree').waitFor();
    await page.evaluate('new Promise((done) => requestAnimationFrame(() => setTimeout(done)))');
    report(atMost(AREA, 'first picture', Date.now() - began, 1000, ms));
    await page.getByText(/objects stored\./).waitFor({ state: 'attached', timeout: 600_000 });
    report({
      area: AREA,
      what: `${OBJECTS} objects really stored`,
      figure: `${number((Date.now() - began) / 1000)} s`,
    });
    const box = await page.locator('canvas').boundingBox();
    if (!box) throw new Error('there is no picture');
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    const panned = await framesDuring(page, async () => {
      await page.getByRole('button', { name: 'Zoom in' }).click();
      await page.mouse.move(x, y);
      await page.mouse.down();
      for (let i = 0; i < MOVES; i++)
        await page.mouse.move(x + 150 * Math.sin(i / 9), y + 100 * Math.cos(i / 7));
      await page.mouse.up();
    });
    report(atMost(AREA, 'frames while panning, p95', quantile(panned, 0.95), 33, ms));
    const zoomed = await framesDuring(page, async () => {
      await page.keyboard.down('Control');
      for (let i = 0; i < MOVES / 2; i++) await page.mouse.wheel(0, i < MOVES / 4 ? -60 : 60);
      await page.keyboard.up('Control');
    });
    report(atMost(AREA, 'frames while zooming, p95', quantile(zoomed, 0.95), 33, ms));
    const chosen = await framesDuring(page, async () => {
      for (let i = 0; i < 12; i++)
        await page.mouse.click(box.x + 40 + i * 25, box.y + 30 + (i % 4) * 30);
    });
    report(atMost(AREA, 'frames while choosing, p95', quantile(chosen, 0.95), 33, ms));
    report(atMost(AREA, 'memory of page and worker', await memoryOf(page), 200, mebibytes));
  } finally {
    await browser.close();
    await served.close();
  }
}
