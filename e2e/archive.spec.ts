// The run as a zip: saved from the page, and computed again by the script in it.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { unzipSync } from 'fflate';
import { controls, expect, open, STILL, test } from './app';

test.use(STILL);

test('a run with one’s own text is saved, and its script passes outside', async ({ page }) => {
  const c = controls(page);
  await open(page, '#/sse-kms?seed=take-along&level=standard');
  await c.ownData.click();
  await c.dialog.getByLabel('Text to encrypt').fill('something of my own');
  await c.dialog.getByRole('button', { name: 'Run with this' }).click();
  await expect(c.slider).toBeEnabled();
  await c.share.click();
  const saving = page.waitForEvent('download');
  await c.dialog.getByRole('button', { name: 'Download run' }).click();
  const saved = await saving;
  await expect(c.dialog).toContainText(`Saved as ${saved.suggestedFilename()}`);
  expect(saved.suggestedFilename()).toBe('sealed-sse-kms-customer-key-take-along.zip');

  const folder = mkdtempSync(join(tmpdir(), 'sealed-e2e-archive-'));
  const files = unzipSync(readFileSync(await saved.path()));
  for (const [name, bytes] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), bytes);
  }
  const place = join(folder, 'sealed-sse-kms-customer-key');
  const { status, stdout } = spawnSync('sh', ['verify.sh'], { cwd: place, encoding: 'utf8' });
  expect(stdout).not.toContain('FAIL');
  expect(status).toBe(0);
  const transcript = readFileSync(join(place, 'transcript.txt'), 'utf8');
  expect(transcript).toContain('SSE-KMS');
  const { steps } = JSON.parse(readFileSync(join(place, 'trace.json'), 'utf8'));
  const last = Buffer.from(steps.at(-1).message.bodyBase64, 'base64');
  expect(last.toString()).toBe('something of my own');
  rmSync(folder, { recursive: true });
});
