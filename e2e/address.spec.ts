// The address says where one is, and leads whoever opens it to the same place; a wrong one leads to the nearest.
import type { Browser, Page } from '@playwright/test';
import { controls, expect, open, STILL, shown, step, test, watch } from './app';

test.use(STILL);

/** The same address on another machine: nothing is stored there. */
async function elsewhere(browser: Browser, url: string, troubles: string[]): Promise<Page> {
  const page = await browser.newPage({ reducedMotion: 'reduce' });
  watch(page, troubles, new URL(url).origin);
  await page.goto(url);
  await expect(controls(page).slider).toBeEnabled();
  return page;
}

for (const [scenario, steps] of [
  ['#/sse-kms?variant=bucket-key&fault=object-bit&level=deep', 31],
  ['#/cse-kms?variant=v3&level=standard', 12],
  ['#/sse-c?fault=wrong-customer-key&level=overview', 9],
] as const) {
  test(`${scenario} at step ${steps} opens elsewhere on that step, paused, with the same bytes`, async ({
    page,
    browser,
    troubles,
  }) => {
    await open(page, scenario);
    await step(page, steps);
    await controls(page).tab('Bytes').click();
    const here = await shown(page);
    const url = page.url();
    for (const part of [/seed=[a-z0-9]+/, /step=\d+/, /chapter=(prepare|put|change|get)/, /level=/])
      expect(url).toMatch(part);
    const other = await elsewhere(browser, url, troubles);
    await controls(other).tab('Bytes').click();
    await expect.poll(() => shown(other)).toEqual(here);
    await expect(controls(other).play).toBeVisible();
    await expect(controls(other).slider).toHaveValue(String(steps));
    expect(other.url()).toBe(url);
    await expect(controls(other).notice).toHaveCount(0);
    await other.close();
  });
}

test('Back and Forward lead through the schemes, to the step one was on', async ({ page }) => {
  const c = controls(page);
  await page.goto('/');
  await c.row('sse-s3').click();
  await expect(c.slider).toBeEnabled();
  await step(page, 3);
  const first = await shown(page);
  await c.scheme('sse-c').click();
  await expect(c.status).toContainText('At the start');
  await expect(page).toHaveURL(/#\/sse-c/);
  await page.goBack();
  await expect(page).toHaveURL(/#\/sse-s3/);
  await expect(c.slider).toHaveValue('3');
  await expect.poll(() => shown(page)).toEqual(first);
  await page.goBack();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(c.stage).toHaveCount(0);
  await page.goForward();
  await page.goForward();
  await expect(page).toHaveURL(/#\/sse-c/);
  await expect(c.slider).toBeEnabled();
});

/** A wrong address, what is said of it, and what is there instead: a scheme, or the map. */
const WRONG: readonly [address: string, said: RegExp, instead: RegExp | 'map'][] = [
  ['#/sse-xyz', /“sse-xyz”, which does not exist/, 'map'],
  ['#/%E0%A4%A', /“%E0%A4%A”, which does not exist/, 'map'],
  ['#/__proto__', /“__proto__”, which does not exist/, 'map'],
  ['#/constructor?variant=toString', /“constructor”/, 'map'],
  ['#garbage?&&==%%', /“garbage”/, 'map'],
  [`#/${'x'.repeat(20_000)}`, /“x{40}…”/, 'map'],
  ['#/sse-kms?variant=nope', /variant “nope”.*“Customer managed key”/, /#\/sse-kms\?level/],
  ['#/sse-kms?variant=__proto__', /variant “__proto__”/, /#\/sse-kms\?level/],
  ['#/sse-s3?fault=key-disabled', /fault “key-disabled”/, /#\/sse-s3\?level/],
  ['#/sse-s3?level=abyss', /level “abyss”, which does not exist/, /level=standard/],
  ['#/sse-s3?seed=NOT%20A%20SEED', /seed “NOT A SEED”/, /seed=[a-z0-9-]+$/],
  ['#/sse-s3?chapter=encore', /chapter “encore”/, /#\/sse-s3\?level/],
  ['#/sse-s3?step=99999', /after the last one.*at the end/, /step=\d{1,3}&/],
  ['#/sse-s3?step=-3', /step “-3”.*left out/, /#\/sse-s3\?level/],
  ['#/sse-s3?step=1e3', /step “1e3”.*left out/, /#\/sse-s3\?level/],
  ['#/sse-s3?view=hologram', /view “hologram”/, /#\/sse-s3\?level/],
  ['#/sse-s3?own=shared&bucket=NO', /data that cannot be read/, /#\/sse-s3\?level/],
];

for (const [address, said, instead] of WRONG) {
  test(`${address.slice(0, 50)} leads to the nearest valid place and says so`, async ({ page }) => {
    const { notice, slider, alert } = controls(page);
    await page.goto(`/${address}`);
    await expect(notice).toContainText(said);
    await expect(alert).toContainText(said);
    if (instead === 'map') {
      await expect(page.getByRole('main').getByRole('heading', { level: 2 })).toHaveCount(6);
      expect(new URL(page.url()).hash).toBe('#/');
    } else {
      await expect(slider).toBeEnabled();
      expect(page.url()).toMatch(instead);
    }
    await notice.getByRole('button', { name: 'Got it' }).click();
    await expect(notice).toHaveCount(0);
  });
}

test('Own text is in the address only when that is asked for', async ({
  page,
  browser,
  troubles,
}) => {
  const c = controls(page);
  const mine = 'Only for me: naïve 🔑 & = ?';
  await open(page, '#/sse-kms?seed=shared-seed');
  await c.ownData.click();
  await c.dialog.getByLabel('Text to encrypt').fill(mine);
  await c.dialog.getByLabel('Encryption context').fill('team=blue');
  await c.dialog.getByRole('button', { name: 'Run with this' }).click();
  await expect(c.slider).toBeEnabled();
  await step(page, 4);
  expect(page.url()).toContain('own=private');
  expect(decodeURIComponent(page.url())).not.toMatch(/Only|naïve|blue/);

  const blind = await elsewhere(browser, page.url(), troubles);
  await expect(controls(blind).notice).toContainText('does not carry');
  await blind.close();

  await c.share.click();
  const box = c.dialog.getByRole('checkbox', { name: /Include my own text/ });
  await expect(box).not.toBeChecked();
  const link = c.dialog.getByRole('textbox', { name: 'Link to this place' });
  await expect(link).not.toHaveValue(/Only/);
  await box.check();
  await expect(link).toHaveValue(/own=shared&text=Only/);
  const shared = await link.inputValue();
  await c.dialog.getByRole('button', { name: 'Close' }).click();
  await c.tab('Bytes').click();
  const here = await shown(page);

  const other = await elsewhere(browser, shared, troubles);
  await expect(controls(other).notice).toHaveCount(0);
  await controls(other).tab('Bytes').click();
  await expect.poll(() => shown(other)).toEqual(here);
  await controls(other).ownData.click();
  await expect(controls(other).dialog.getByLabel('Text to encrypt')).toHaveValue(mine);
  await other.close();

  await c.share.click();
  await box.uncheck();
  await expect(link).not.toHaveValue(/Only/);
  await expect(page).not.toHaveURL(/Only/);
});
