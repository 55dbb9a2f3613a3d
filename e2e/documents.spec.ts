// The run as a text for somewhere else: copied, and saved.
import { readFileSync } from 'node:fs';
import { controls, expect, open, STILL, test } from './app';
import { violations } from './axe';

test.use({ ...STILL, permissions: ['clipboard-read', 'clipboard-write'] });

test('a diagram, a transcript, a recording and an archive are copied and saved', async ({
  page,
}) => {
  const c = controls(page);
  await open(page, '#/sse-kms?seed=demo&level=standard&step=13');
  const shown = Number(await c.slider.getAttribute('max'));
  await c.share.click();
  const texts: Record<string, string> = {};
  for (const name of [
    'Sequence diagram (Mermaid)',
    'Transcript (Markdown)',
    'Recording (JSON)',
    'Messages (HTTP Archive)',
  ]) {
    await c.dialog.getByRole('button', { name: `Copy: ${name}` }).click();
    await expect(c.dialog.getByText('Copied', { exact: false }).first()).toBeVisible();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    const saving = page.waitForEvent('download');
    await c.dialog.getByRole('button', { name: `Save: ${name}` }).click();
    const file = await saving;
    expect(readFileSync(await file.path(), 'utf8')).toBe(copied);
    texts[name] = copied;
  }
  const diagram = texts['Sequence diagram (Mermaid)'] ?? '';
  const lines = diagram.split('\n').filter((line) => /(->>|-->>|--x|Note right of)/.test(line));
  expect(lines).toHaveLength(shown);
  const words = texts['Transcript (Markdown)'] ?? '';
  expect(words).toMatch(/^# SSE-KMS/);
  expect(words.match(/^\d+\. \*\*/gm)).toHaveLength(shown);
  expect(JSON.parse(texts['Recording (JSON)'] ?? '')).toMatchObject({
    flow: 'sse-kms',
    seed: 'demo',
  });
  expect(JSON.parse(texts['Messages (HTTP Archive)'] ?? '').log.version).toBe('1.2');
  expect(await violations(page, 'share')).toEqual([]);
});
