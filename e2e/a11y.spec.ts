// axe finds nothing on any view in any state; everything reflows; forced colours leave the stage readable.
import type { Page } from '@playwright/test';
import { controls, expect, open, SCHEME_IDS, STILL, test } from './app';
import { violations } from './axe';

test.use(STILL);

const THEMES = ['Light', 'Dark', 'Projector'] as const;
const chooseTheme = (page: Page, theme: string) =>
  page.getByRole('combobox', { name: 'Theme' }).selectOption(theme);

const SIZES = [
  [1440, 900],
  [1280, 720],
  [390, 844],
] as const;

for (const [i, [width, height]] of SIZES.entries()) {
  test(`the map at ${width}×${height} has no violation in any theme`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    await page.goto('/');
    await expect(controls(page).row('sse-c')).toBeVisible();
    const found: string[] = [];
    for (const theme of THEMES) {
      await chooseTheme(page, theme);
      found.push(...(await violations(page, theme)));
    }
    expect(found).toEqual([]);
  });

  test(`steps, tabs and the transcript at ${width}×${height} have no violation`, async ({
    page,
  }) => {
    await page.setViewportSize({ width, height });
    const c = controls(page);
    const found: string[] = [];
    const check = async (where: string) => found.push(...(await violations(page, where)));
    await open(page, '#/sse-kms?seed=axe&level=deep');
    await chooseTheme(page, THEMES[i] ?? 'Light');
    if ((await c.inspector.count()) === 0)
      await page.getByRole('button', { name: 'Look inside' }).click();
    await check('at rest');
    await open(page, '#/sse-kms?seed=axe&level=deep&step=20');
    for (const tab of ['Explain', 'Wire', 'Bytes', 'Who knows what', 'Log']) {
      await c.tab(tab).click();
      await check(tab);
    }
    await c.tab('Wire').click();
    await page.getByRole('button', { name: 'Lifetimes' }).click();
    await check('lifetimes');
    await page.getByRole('button', { name: 'Lifetimes' }).click();
    await open(page, '#/sse-kms?seed=axe&level=deep&step=48');
    await check('a message');
    await page.getByRole('combobox', { name: 'View' }).selectOption('transcript');
    await expect(c.transcript).toBeVisible();
    await check('transcript');
    expect(found).toEqual([]);
  });
}

for (const [i, id] of SCHEME_IDS.entries()) {
  const theme = THEMES[i % 3] ?? 'Light';
  test(`${id} has no violation on its way, when it fails, and where it ${i % 2 ? 'begins' : 'ends'} (${theme})`, async ({
    page,
  }) => {
    const [width, height] = SIZES[i % 2] ?? SIZES[0];
    await page.setViewportSize({ width, height });
    const c = controls(page);
    const found: string[] = [];
    await open(page, `#/${id}?seed=axe`);
    await chooseTheme(page, theme);
    await c.slider.fill('8');
    found.push(...(await violations(page, 'midway')));
    await c.slider.press(i % 2 ? 'Home' : 'End');
    found.push(...(await violations(page, i % 2 ? 'at rest' : 'at the end')));
    await c.fault.selectOption({ index: 1 });
    await expect(page.getByRole('button', { name: 'Reset' })).toBeVisible();
    await expect(c.slider).toBeEnabled();
    await c.slider.press('End');
    found.push(...(await violations(page, 'failed')));
    expect(found).toEqual([]);
  });
}

for (const [i, theme] of THEMES.entries()) {
  test(`dialogs and the notice have no violation (${theme})`, async ({ page }) => {
    const [width, height] = SIZES[i] ?? SIZES[0];
    await page.setViewportSize({ width, height });
    const c = controls(page);
    const found: string[] = [];
    const check = async (where: string) => found.push(...(await violations(page, where)));
    await open(page, '#/sse-c?seed=axe&variant=nope&step=9999');
    await chooseTheme(page, theme);
    await expect(c.notice).toBeVisible();
    await check('notice');
    await c.notice.getByRole('button').click();
    await c.help.click();
    await check('help');
    await c.dialog.getByRole('button', { name: 'Meet the cast' }).click();
    await check('cast');
    await page.keyboard.press('Escape');
    await c.help.click();
    await c.dialog.getByRole('button', { name: 'Glossary' }).click();
    await check('glossary');
    await page.keyboard.press('Escape');
    await page.keyboard.press('w');
    await expect(c.dialog).toBeVisible();
    await check('where am I');
    await page.keyboard.press('Escape');
    await c.ownData.click();
    await c.dialog.getByLabel('SSE-C key').fill('not a key!');
    await c.dialog.getByLabel('Text to encrypt').fill('mine');
    await check('own data with a problem');
    await c.dialog.getByLabel('SSE-C key').fill('');
    await c.dialog.getByRole('button', { name: 'Run with this' }).click();
    await expect(c.dialog).toHaveCount(0);
    await c.share.click();
    await check('share');
    expect(found).toEqual([]);
  });
}

test('at 320 px nothing has to be scrolled sideways', async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  const c = controls(page);
  const found: string[] = [];
  const check = async (where: string): Promise<void> => {
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    if (width > 320) found.push(`${where}: ${width}`);
  };
  await page.goto('/');
  await expect(c.row('sse-c')).toBeVisible();
  await check('map');
  await open(page, '#/dsse-kms?seed=reflow&level=deep&step=30');
  await check('step');
  await page.getByRole('button', { name: 'Look inside' }).click();
  for (const tab of ['Wire', 'Bytes', 'Who knows what']) {
    await c.tab(tab).click();
    await check(tab);
  }
  await page.getByRole('combobox', { name: 'View' }).selectOption('transcript');
  await check('transcript');
  for (const open of [c.ownData, c.share, c.help]) {
    await open.click();
    await expect(c.dialog).toBeVisible();
    const box = await c.dialog.boundingBox();
    if (!box || box.x < 0 || box.x + box.width > 320) found.push(`dialog ${JSON.stringify(box)}`);
    await check('dialog');
    await page.keyboard.press('Escape');
  }
  found.push(...(await violations(page, '320 px')));
  expect(found).toEqual([]);
});

test.describe('forced colours', () => {
  test.use({ contextOptions: { reducedMotion: 'reduce', forcedColors: 'active' } });

  test('leave the map, the stage and the inspector readable', async ({ page }) => {
    const c = controls(page);
    const found: string[] = [];
    await page.goto('/');
    await expect(c.row('sse-c')).toBeVisible();
    found.push(...(await violations(page, 'map')));
    await open(page, '#/sse-kms?seed=forced&step=30');
    found.push(...(await violations(page, 'stage')));
    // Each desk keeps an edge, and what is on it stands out from it.
    const faint = await c.stage.locator('section[data-actor]').evaluateAll(
      (desks) =>
        desks.filter((desk) => {
          const { borderTopWidth, borderTopColor, backgroundColor, color } = getComputedStyle(desk);
          return (
            borderTopWidth === '0px' ||
            borderTopColor === backgroundColor ||
            color === backgroundColor
          );
        }).length,
    );
    expect(faint).toBe(0);
    expect(found).toEqual([]);
  });
});
