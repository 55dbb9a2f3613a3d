// What is drawn: nothing on top of anything else, nothing cut off, nothing too small, nothing that jumps.
import type { Page } from '@playwright/test';
import { controls, expect, open, STILL, test } from './app';

test.use(STILL);

const SIZES = [
  [1440, 900],
  [1280, 720],
  [1920, 1080],
  [820, 1180],
  [390, 844],
] as const;

/** Steps with much on the stage, or with unusual things on it. */
const PLACES = [
  '#/sse-kms?level=standard',
  '#/sse-kms?step=12&level=standard',
  '#/sse-kms?step=20&level=deep',
  '#/sse-kms?step=32&level=deep',
  '#/sse-kms?step=50&level=deep',
  '#/dsse-kms?step=30&level=deep',
  '#/dsse-kms?step=60&level=deep',
  '#/cse-kms?variant=v3&step=22&level=deep',
  '#/cse-kms?step=25&level=overview',
  '#/cse-local?variant=rsa&step=8&level=standard',
  '#/sse-c?fault=wrong-customer-key&step=99&level=standard',
  '#/sse-s3?step=14&level=deep',
  '#/sse-kms?variant=bucket-key&step=40&level=deep',
];

/** Everything wrong with the drawing, in words. */
const flaws = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const found: string[] = [];
    const stage = document.querySelector('section[aria-label=Stage]');
    if (!stage) return ['no stage'];
    const all = (selector: string): Element[] => [...stage.querySelectorAll(selector)];
    const hidden = (one: Element): boolean => one.closest('.visually-hidden, defs') !== null;
    const named = (kind: string, list: Element[]) =>
      list.map((one, i) => ({
        name: `${kind} ${one.getAttribute('aria-label') ?? one.getAttribute('data-zone') ?? (one.textContent || one.parentElement?.textContent)?.slice(0, 20) ?? i}`,
        box: one.getBoundingClientRect(),
      }));
    const desks = named('desk', all('section[data-actor]'));
    const captions = named('caption', all('[class*=_caption_]'));
    const badges = named('badge', all('svg[class*=_ways_] g rect'));
    const zoneNames = named('zone name', all('[data-zone] > h2'));
    type Named = (typeof desks)[number];
    const apart = (a: readonly Named[], b: readonly Named[]): void => {
      for (const one of a)
        for (const other of b) {
          if (one === other || (a === b && a.indexOf(one) > b.indexOf(other))) continue;
          const across =
            Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
          const down =
            Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top);
          if (across > 1 && down > 1)
            found.push(
              `${one.name} overlaps ${other.name} by ${across.toFixed(0)}×${down.toFixed(0)}`,
            );
        }
    };
    apart(desks, desks);
    apart(desks, zoneNames);
    if (stage.hasAttribute('data-wide')) {
      apart(captions, desks);
      apart(captions, zoneNames);
      apart(captions, badges);
      apart(badges, badges);
      apart(badges, zoneNames);
    }

    const frame = stage.getBoundingClientRect();
    for (const { name, box } of [...desks, ...captions, ...badges]) {
      const out = box.left < frame.left - 1 || box.right > frame.right + 1;
      const below =
        stage.hasAttribute('data-wide') &&
        (box.top < frame.top - 1 || box.bottom > frame.bottom + 1);
      if (out || below) found.push(`${name} leaves the stage`);
    }
    for (const desk of all('section[data-actor]')) {
      const { bottom, right } = desk.getBoundingClientRect();
      for (const held of desk.querySelectorAll('li')) {
        const box = held.getBoundingClientRect();
        if (box.bottom > bottom + 1 || box.right > right + 1)
          found.push(`${desk.getAttribute('aria-label')}: ${held.title} leaves its desk`);
      }
    }
    for (const one of all('h2, h3, h3 span, p, b, li, [class*=_label_], [class*=_name_], text')) {
      if (hidden(one) || !one.textContent?.trim()) continue;
      const size = Number.parseFloat(getComputedStyle(one).fontSize);
      if (size < 12) found.push(`“${one.textContent.slice(0, 20)}” is set in ${size}px`);
      if (
        one instanceof HTMLElement &&
        one.scrollWidth > one.clientWidth + 1 &&
        one.clientWidth > 0
      )
        found.push(
          `“${one.textContent.slice(0, 30)}” is cut off: ${one.scrollWidth} in ${one.clientWidth}`,
        );
    }
    const root = document.documentElement;
    if (root.scrollWidth > innerWidth) found.push(`the page is ${root.scrollWidth} wide`);
    for (const control of document.querySelectorAll('button, select, input, a[href], h1')) {
      if (control.closest('.visually-hidden, dialog, [hidden]') || !control.checkVisibility())
        continue;
      const { left, right, width } = control.getBoundingClientRect();
      const scrolled = control.closest('nav, [role=tablist]');
      if (width > 1 && !scrolled && (left < -1 || right > innerWidth + 1))
        found.push(`${control.getAttribute('aria-label') ?? control.textContent} leaves the page`);
    }
    return [...new Set(found)];
  });

for (const [width, height] of SIZES) {
  test(`at ${width}×${height} nothing overlaps, is cut off or too small`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    const c = controls(page);
    const found: string[] = [];
    for (const place of PLACES) {
      await open(page, `${place}&seed=layout`);
      await expect(c.stage).toBeVisible();
      await expect(c.next).toBeInViewport();
      found.push(...(await flaws(page)).map((flaw) => `${place}: ${flaw}`));
    }
    expect(found).toEqual([]);
  });
}

const watchShifts = (): void => {
  const seen = { score: 0, of: [] as string[] };
  Object.assign(globalThis, { seen });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      const { value, hadRecentInput, sources } = entry as PerformanceEntry & {
        value: number;
        hadRecentInput: boolean;
        sources: { node: Element | null }[];
      };
      if (hadRecentInput) continue;
      seen.score += value;
      seen.of.push(
        ...sources.map(({ node }) => `${node?.nodeName} ${node?.textContent?.slice(0, 30)}`),
      );
    }
  }).observe({ type: 'layout-shift', buffered: true });
};
const shifts = (page: Page) =>
  page.evaluate(() => (globalThis as unknown as { seen: { score: number; of: string[] } }).seen);

for (const address of [
  '',
  '#/sse-kms?seed=shift',
  '#/sse-kms?seed=shift&step=30&view=transcript',
]) {
  test(`the first view of /${address} does not shift`, async ({ page }) => {
    await page.addInitScript(watchShifts);
    await page.goto(`/${address}`);
    if (address) await expect(controls(page).slider).toBeEnabled();
    await page.waitForLoadState('networkidle');
    expect(await shifts(page)).toEqual({ score: 0, of: [] });
  });
}

test('the page around the stage stays where it is while it is stepped', async ({ page }) => {
  const c = controls(page);
  await open(page, '#/sse-kms?seed=shift&level=overview');
  const boxes = () =>
    page.evaluate(() =>
      [
        'header',
        'section[aria-label=Stage]',
        'section[aria-label=Inspector]',
        'section[aria-label=Timeline]',
        '[data-actor]',
        '[data-zone]',
      ]
        .flatMap((one) => [...document.querySelectorAll(one)])
        .map((one) => JSON.stringify(one.getBoundingClientRect())),
    );
  const before = await boxes();
  for (let n = 1; n <= Number(await c.slider.getAttribute('max')); n++) {
    await c.next.click();
    await expect(c.slider).toHaveValue(String(n));
    expect(await boxes()).toEqual(before);
  }
});
