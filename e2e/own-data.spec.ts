// One's own text, file, names, context and key: run for real, refused with a sentence where they cannot be, never lost.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { controls, expect, open, type SchemeId, STILL, test } from './app';

test.use(STILL);

let folder = '';
test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sealed-e2e-'));
});
test.afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A file of zeros that takes no room. */
function sparse(name: string, size: number): string {
  const path = join(folder, name);
  writeFileSync(path, '');
  truncateSync(path, size);
  return path;
}
const MIB = 1024 * 1024;

async function openOwn(page: Page, scheme: SchemeId) {
  const c = controls(page);
  await open(page, `#/${scheme}?seed=own-data`);
  await c.ownData.click();
  await expect(c.dialog).toBeVisible();
  return { ...c, run: c.dialog.getByRole('button', { name: 'Run with this' }) };
}

async function runToEnd(page: Page): Promise<void> {
  const { slider, dialog } = controls(page);
  await expect(dialog).toHaveCount(0);
  await expect(slider).toBeEnabled();
  await expect(slider).toHaveValue('0');
  await slider.press('End');
}

test('one’s own text, names and context go through the run', async ({ page }) => {
  const { dialog, run, tab, inspector, status } = await openOwn(page, 'sse-kms');
  await dialog.getByLabel('Text to encrypt').fill('Grüße, 世界 🔑');
  await dialog.getByLabel('Object name').fill('über/日記 1.txt');
  await dialog.getByLabel('Bucket name').fill('my-own.bucket-1');
  await dialog.getByLabel('Encryption context').fill('team=blue\ncase = 7');
  await run.click();
  await runToEnd(page);
  await expect(status).toContainText('object');
  await tab('Wire').click();
  await expect(inspector).toContainText('Grüße, 世界 🔑');
  await controls(page).slider.press('Home');
  await controls(page).next.click();
  await controls(page).next.click();
  await expect(inspector).toContainText('PUT /%C3%BCber/%E6%97%A5%E8%A8%98%201.txt');
  await expect(inspector).toContainText('my-own.bucket-1');
  await page.getByRole('combobox', { name: 'View' }).selectOption('transcript');
  await expect(controls(page).transcript).toContainText('x-amz-server-side-encryption-context');
});

for (const way of ['picked', 'dropped'] as const) {
  test(`a file of 3 MiB, ${way}, comes back byte for byte`, async ({ page }) => {
    const bytes = randomBytes(3 * MIB);
    const path = join(folder, 'photo.bin');
    writeFileSync(path, bytes);
    const { dialog, run, tab, inspector } = await openOwn(page, 'dsse-kms');
    const input = dialog.getByLabel('Choose a file');
    if (way === 'picked') await input.setInputFiles(path);
    else {
      const data = await page.evaluateHandle(async (base64) => {
        const answer = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
        const transfer = new DataTransfer();
        transfer.items.add(new File([answer], 'photo.bin'));
        return transfer;
      }, bytes.toString('base64'));
      await dialog.getByLabel('Text to encrypt').dispatchEvent('drop', { dataTransfer: data });
    }
    await expect(dialog).toContainText('photo.bin');
    await expect(dialog).toContainText('3 MiB');
    await run.click();
    await runToEnd(page);
    await tab('Bytes').click();
    await expect(inspector).toContainText('3,145,728 bytes');
    const grid = inspector.getByRole('region', { name: /^Bytes of / }).first();
    const rows = await grid
      .locator('[data-per-row]')
      .evaluateAll((all) =>
        all.map((row) => (row.children[1]?.textContent ?? '').replace(/\s/g, '')).join(''),
      );
    expect(rows).toBe(bytes.subarray(0, rows.length / 2).toString('hex'));
    const download = page.waitForEvent('download');
    await inspector.getByRole('button', { name: 'Download' }).first().click();
    expect(readFileSync(await (await download).path()).equals(bytes)).toBe(true);
  });
}

const FIELDS: readonly [SchemeId, label: string, typed: string, problem: RegExp][] = [
  ['sse-c', 'SSE-C key', '00112233', /This is 4 bytes\. An SSE-C key is exactly 32/],
  ['sse-c', 'SSE-C key', Buffer.alloc(31).toString('base64'), /This is 31 bytes/],
  ['sse-c', 'SSE-C key', 'not a key!', /neither hex nor base64/],
  ['sse-kms', 'Encryption context', 'aws:s3:arn=x', /“aws:s3:arn” begins with aws:/],
  ['cse-kms', 'Encryption context', 'straße=1', /outside ASCII/],
  ['dsse-kms', 'Encryption context', 'no pair', /not of the form name=value/],
  ['sse-kms', 'Encryption context', 'a=1\na=2', /there twice/],
  ['sse-s3', 'Bucket name', 'Nope', /3 to 63 characters/],
  ['sse-s3', 'Bucket name', '192.168.0.1', /S3 keeps this kind of name/],
  ['cse-local', 'Object name', '', /needs a name/],
  ['sse-s3', 'Object name', 'ä'.repeat(513), /takes 1026 bytes/],
];

for (const [scheme, label, typed, problem] of FIELDS) {
  test(`${label} ${JSON.stringify(typed.slice(0, 20))} is refused beside the field`, async ({
    page,
  }) => {
    const { dialog, run, slider } = await openOwn(page, scheme);
    await dialog.getByLabel('Text to encrypt').fill('keep me');
    const field = dialog.getByLabel(label, { exact: true });
    await field.fill(typed);
    await expect(field).toHaveAccessibleDescription(problem);
    await expect(field).toHaveAttribute('aria-invalid', 'true');
    await run.press('Enter');
    await expect(dialog).toBeVisible();
    await expect(field).toBeFocused();
    await expect(dialog).toContainText(`Not yet: look at ${label}`);
    await expect(field).toHaveValue(typed);
    await expect(dialog.getByLabel('Text to encrypt')).toHaveValue('keep me');
    await page.keyboard.press('Escape');
    await expect(slider).toBeEnabled();
  });
}

test('an SSE-C key of one’s own is the key that S3 is sent', async ({ page }) => {
  const key = randomBytes(32);
  const { dialog, run, inspector, tab, slider } = await openOwn(page, 'sse-c');
  await dialog.getByLabel('SSE-C key').fill(key.toString('hex').toUpperCase());
  await run.click();
  await runToEnd(page);
  await tab('Wire').click();
  for (let left = 40; left > 0; left--) {
    if ((await inspector.textContent())?.includes(key.toString('base64'))) break;
    await slider.press('ArrowLeft');
  }
  await expect(inspector).toContainText('x-amz-server-side-encryption-customer-key');
  await expect(inspector).toContainText(key.toString('base64'));
});

test('a file over 64 MiB is refused, and what was there stays', async ({ page }) => {
  const { dialog, run } = await openOwn(page, 'sse-s3');
  const text = dialog.getByLabel('Text to encrypt');
  await text.fill('still here');
  await dialog.getByLabel('Choose a file').setInputFiles(sparse('huge.bin', 64 * MIB + 1));
  await expect(dialog).toContainText(/“huge\.bin” is .* This page takes up to 64 MiB/);
  await expect(text).toHaveValue('still here');
  await run.click();
  await runToEnd(page);
  await controls(page).tab('Wire').click();
  await expect(controls(page).inspector).toContainText('still here');
});

test('64 MiB run with progress while the page stays responsive, and can be stopped', async ({
  page,
}) => {
  const { dialog, run, slider } = await openOwn(page, 'sse-kms');
  await dialog.getByLabel('Choose a file').setInputFiles(sparse('film.bin', 64 * MIB));
  await expect(dialog).toContainText('64 MiB');
  await page.evaluate(() => {
    const seen = { longest: 0, runs: 0, framesRunning: 0 };
    Object.assign(globalThis, { seen });
    let wasRunning = false;
    const frame = (): void => {
      const isRunning = document.querySelector('progress') !== null;
      if (isRunning) seen.framesRunning++;
      if (isRunning && !wasRunning) seen.runs++;
      wasRunning = isRunning;
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) seen.longest = Math.max(seen.longest, duration);
    }).observe({ type: 'longtask' });
  });
  const seen = () =>
    page.evaluate(
      () =>
        (globalThis as unknown as { seen: Record<'longest' | 'runs' | 'framesRunning', number> })
          .seen,
    );

  // A fast machine is done before a look from outside the page: the page itself counts what it shows.
  await run.click();
  const progress = page.getByRole('progressbar');
  await expect(slider).toBeEnabled({ timeout: 60_000 });
  expect((await seen()).runs).toBe(1);
  expect((await seen()).framesRunning).toBeGreaterThan(2);

  // A run may be over sooner than a hand gets to the button: it is pressed as soon as it is there.
  await page.evaluate(() => {
    const press = (): void => {
      const stop = [...document.querySelectorAll('button')].find(
        (one) => one.textContent === 'Stop',
      );
      if (stop) stop.click();
      else requestAnimationFrame(press);
    };
    requestAnimationFrame(press);
  });
  await page.getByRole('button', { name: 'Your own data' }).click();
  await run.click();
  await expect(progress).toHaveCount(0);
  await expect(page.getByText('Stopped. What you typed is kept.').first()).toBeVisible();

  const before = (await seen()).runs;
  await page.getByRole('button', { name: 'Run it again' }).click();
  await expect(slider).toBeEnabled({ timeout: 60_000 });
  expect((await seen()).runs).toBe(before + 1);
  await slider.press('End');
  await controls(page).tab('Bytes').click();
  await expect(controls(page).inspector).toContainText('67,108,864 bytes');
  expect((await seen()).longest).toBeLessThan(200);
});

test('what is typed outlives the panel and the page', async ({ page }) => {
  const { dialog, ownData } = await openOwn(page, 'sse-kms');
  await dialog.getByLabel('Text to encrypt').fill('typed, never run');
  await dialog.getByLabel('Bucket name').fill('NOT-YET');
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await ownData.click();
  await expect(dialog.getByLabel('Text to encrypt')).toHaveValue('typed, never run');
  await page.reload();
  await ownData.click();
  await expect(dialog.getByLabel('Text to encrypt')).toHaveValue('typed, never run');
  await expect(dialog.getByLabel('Bucket name')).toHaveValue('NOT-YET');
});
