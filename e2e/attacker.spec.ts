// The run through an attacker's eyes: by keyboard, by address, against every scheme, on a phone, and never asking the network.
import type { Page } from '@playwright/test';
import { controls, expect, open, STILL, test } from './app';
import { violations } from './axe';

test.use(STILL);

const at = (page: Page) => page.getByRole('region', { name: "Attacker's eye" });
const verdict = (page: Page) => at(page).locator('[aria-live=polite]');
const place = (page: Page, name: string) => at(page).getByRole('radio', { name, exact: true });

test('each place is chosen by keyboard, and is in the address', async ({ page }) => {
  await open(page, '#/sse-kms?seed=demo&view=attacker');
  await expect(verdict(page)).toContainText('Cannot read your object');
  await place(page, 'Network, with TLS').focus();
  await page.keyboard.press('ArrowRight');
  await expect(verdict(page)).toContainText('Reads your object');
  expect(page.url()).toContain('vantage=wire');
  await page.keyboard.press('ArrowRight');
  await expect(place(page, 'Stolen disk')).toBeChecked();
  await expect(verdict(page)).toContainText('no key that opens it can be had here');
  await page.reload();
  await expect(place(page, 'Stolen disk')).toBeChecked();
  await page.goBack();
  await expect(place(page, 'Network, without TLS')).toBeChecked();
});

test('the memory of S3 is that of the step, and a find leads to its step', async ({ page }) => {
  const c = controls(page);
  await open(page, '#/sse-kms?seed=demo&level=deep&view=attacker&vantage=memory');
  await expect(verdict(page)).toContainText('There is nothing here at this step.');
  await c.slider.focus();
  for (let i = 0; i < 28; i++) await page.keyboard.press('ArrowRight');
  await expect(verdict(page)).toContainText('Reads your object');
  const [, told] = /at step (\d+)/.exec(await verdict(page).innerText()) ?? [];
  await at(page)
    .getByRole('button', { name: `step ${told}`, exact: true })
    .first()
    .click();
  await expect(c.stage).toBeVisible();
  await expect(c.slider).toHaveValue(told ?? '');
});

test('every place against every scheme: a cell opens an attempt with the same verdict', async ({
  page,
}) => {
  await open(page, '#/sse-s3?seed=demo&view=attacker');
  await at(page).getByRole('button', { name: 'Try all of them' }).click();
  const table = at(page).getByRole('table');
  await expect(table.getByRole('link')).toHaveCount(54);
  const row = table.getByRole('row').filter({ hasText: 'Memory of S3' });
  await expect(row.getByRole('link')).toHaveText([
    ...['○ cannot', '○ cannot', '● reads', '● reads', '● reads', '● reads'],
  ]);
  await row.getByRole('link').nth(3).click();
  await expect(place(page, 'Memory of S3')).toBeChecked();
  await expect(verdict(page)).toContainText('Reads your object');
  expect(await violations(page, 'attacker')).toEqual([]);
});

test('a place that is not there is told, and the nearest is opened', async ({ page }) => {
  await open(page, '#/sse-s3?seed=demo&view=attacker&vantage=moon');
  await expect(controls(page).notice).toContainText('moon');
  await expect(place(page, 'Network, with TLS')).toBeChecked();
});

for (const width of [390, 320])
  test(`fits ${width} px`, async ({ page }) => {
    await page.setViewportSize({ width, height: 780 });
    await open(page, '#/sse-c?seed=demo&view=attacker&vantage=disk');
    await expect(verdict(page)).toContainText('Cannot read your object');
    await at(page).getByRole('button', { name: 'Try all of them' }).click();
    await expect(at(page).getByRole('table').getByRole('link')).toHaveCount(54);
    const wide = await at(page).evaluate((el) => el.scrollWidth - el.clientWidth);
    expect(wide).toBeLessThanOrEqual(0);
    expect(await violations(page, `attacker ${width}`)).toEqual([]);
  });
