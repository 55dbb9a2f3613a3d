// Two windows of one presentation: in step in either direction, across reloads, with a watch and notes.
import type { BrowserContext, Page } from '@playwright/test';
import { expect, STILL, test, tooWideBy } from './app';
import { violations } from './axe';

test.use({ ...STILL, viewport: { width: 1280, height: 720 } });

const room = (page: Page) => page.locator('footer');
const atStep = (page: Page, step: number) =>
  expect(page.locator('footer').first()).toContainText(`Step ${step} of`);
const connected = (page: Page) =>
  expect(page.getByText("In step with the room's window")).toBeVisible();

async function present(page: Page, context: BrowserContext): Promise<Page> {
  await page.goto('/#/sse-kms?seed=room&view=present');
  await expect(room(page)).toContainText('Step 0 of');
  const [speaker] = await Promise.all([context.waitForEvent('page'), page.keyboard.press('s')]);
  await connected(speaker);
  return speaker;
}

test('either window moves both, and both come back after a reload', async ({ page, context }) => {
  const speaker = await present(page, context);
  await speaker.getByRole('button', { name: 'Next step' }).click();
  await atStep(page, 1);
  await atStep(speaker, 1);
  await page.keyboard.press('PageDown');
  await atStep(speaker, 2);
  await speaker.keyboard.press('ArrowRight');
  await atStep(page, 3);
  await speaker.getByRole('list', { name: 'Steps and notes' }).getByRole('button').nth(6).click();
  await atStep(page, 7);
  await page.keyboard.press('ArrowLeft');
  await atStep(speaker, 6);
  await speaker.reload();
  await connected(speaker);
  await atStep(speaker, 6);
  await page.reload();
  await atStep(page, 6);
  await connected(speaker);
  await speaker.getByRole('button', { name: 'Next step' }).click();
  await atStep(page, 7);
  await page.close();
  await expect(speaker.getByText("The room's window is not there")).toBeVisible();
  await speaker.getByRole('button', { name: 'Next step' }).click();
  await atStep(speaker, 8);
});

test('black from either window, and the room as it is seen', async ({ page, context }) => {
  const speaker = await present(page, context);
  await speaker.getByRole('button', { name: 'Black' }).click();
  await expect(page.getByText('The screen is black')).toBeAttached();
  await page.keyboard.press('b');
  await expect(speaker.getByRole('button', { name: 'Black' })).toBeVisible();
  await page.keyboard.press('b');
  await expect(speaker.getByRole('button', { name: 'Show again' })).toBeVisible();
  await speaker.keyboard.press('.');
  await expect(page.getByText('The screen is black')).not.toBeAttached();
  await speaker.getByRole('button', { name: 'Next step' }).click();
  await atStep(page, 1);
  await speaker.getByRole('button', { name: 'As the room sees it' }).click();
  const stageOf = (one: Page) => one.getByRole('region', { name: 'Stage', includeHidden: true });
  await expect(stageOf(speaker)).toBeVisible();
  expect(await stageOf(speaker).textContent()).toBe(await stageOf(page).textContent());
});

test('the watch counts, says the pace and outlives a reload; notes are kept', async ({ page }) => {
  await page.clock.install({ time: new Date('2026-11-23T09:00:00Z') });
  await page.goto('/#/sse-kms?seed=room&view=speaker&step=12&level=deep');
  const timer = page.getByRole('timer');
  await expect(timer).toBeVisible();
  await page.clock.pauseAt(new Date('2026-11-23T09:01:00Z'));
  await expect(timer).toHaveText('0:00');
  await page.getByRole('spinbutton', { name: 'Minutes' }).fill('10');
  await expect(timer).toHaveText('10:00');
  await page.getByRole('button', { name: 'Start' }).click();
  await page.clock.runFor(61_000);
  await expect(timer).toHaveText('8:59');
  await expect(page.getByText(/minutes? ahead/)).toBeVisible();
  await page.clock.runFor(10 * 60_000);
  await expect(timer).toHaveText('−1:01');
  await expect(page.getByText(/minutes? behind/)).toBeVisible();
  await page.getByRole('textbox', { name: 'Your notes for this step' }).fill('Ask why.');
  await page.clock.resume();
  await page.reload();
  await expect(timer).toContainText('−1:');
  await expect(page.getByRole('textbox', { name: 'Your notes for this step' })).toHaveValue(
    'Ask why.',
  );
  await page.getByRole('button', { name: 'Reset' }).click();
  await expect(timer).toHaveText('10:00');
});

test('a window that the browser keeps shut has a link, and strange messages change nothing', async ({
  page,
}) => {
  await page.addInitScript(() => {
    window.open = () => null;
  });
  await page.goto('/#/sse-kms?seed=room&view=present&step=12&level=deep');
  await expect(room(page)).toContainText('Step');
  const before = await room(page).textContent();
  await page.keyboard.press('s');
  const link = page.getByRole('link', { name: 'Open it yourself' });
  await expect(link).toHaveAttribute('href', /view=speaker/);
  await page.evaluate(() => {
    const pair = /-([a-z0-9]{8})$/.exec(window.name)?.[1];
    const line = new BroadcastChannel(`sealed-presentation-${pair}`);
    for (const odd of [
      7,
      'next',
      { sealed: 0, role: 'speaker', said: { kind: 'place', hash: '#/sse-c' } },
      { sealed: 1, role: 'speaker', said: { kind: 'place', hash: 'javascript:alert(1)' } },
      { sealed: 1, role: 'speaker', said: { kind: 'black', isBlack: 1 } },
    ])
      line.postMessage(odd);
  });
  expect(await room(page).textContent()).toBe(before);
});

for (const theme of ['light', 'dark'] as const)
  test(`nothing for axe to find, ${theme}, wide and narrow`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: theme });
    await page.goto('/#/sse-kms?seed=room&view=speaker&step=12&level=deep');
    await expect(page.getByRole('textbox')).toBeVisible();
    expect(await violations(page, 'speaker')).toEqual([]);
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await violations(page, 'speaker, narrow')).toEqual([]);
    expect(await tooWideBy(page)).toBe(0);
  });
