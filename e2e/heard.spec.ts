// The stage beside what a screen reader gets: the same as the browser's own accessibility tree says, step by step.
import type { Page } from '@playwright/test';
import { controls, expect, open, STILL, test, tooWideBy } from './app';
import { violations } from './axe';

test.use(STILL);

const told = (page: Page) => page.getByRole('region', { name: 'What a screen reader gets' });

test('what is announced is the caption of the step, and the reading is that of the page', async ({
  page,
}) => {
  const c = controls(page);
  await open(page, '#/sse-kms?seed=demo&view=heard');
  for (let step = 1; step <= 8; step++) {
    await page.keyboard.press('ArrowRight');
    await expect(c.slider).toHaveValue(String(step));
    const said = (await c.status.first().innerText()).trim();
    expect(said).not.toBe('');
    await expect(told(page).getByRole('listitem').first()).toHaveText(said);
  }
  // The browser's own tree, against ours: each name that it has is told.
  const own = await c.stage.ariaSnapshot();
  const names = [...own.matchAll(/- (?:heading|button|region|img) "([^"]+)"/g)].map(
    ([, name]) => name,
  );
  expect(names.length).toBeGreaterThan(6);
  const text = (await told(page).innerText()).replaceAll(/\s+/g, ' ');
  for (const name of names) expect(text).toContain(name);
});

for (const [width, height] of [
  [1440, 900],
  [390, 844],
  [320, 640],
] as const)
  test(`has no violation and fits ${width}×${height}`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    await open(page, '#/sse-kms?seed=demo&view=heard&step=20');
    await expect(told(page)).toBeVisible();
    expect(await tooWideBy(page)).toBe(0);
    expect(await violations(page, `heard ${width}`)).toEqual([]);
  });
