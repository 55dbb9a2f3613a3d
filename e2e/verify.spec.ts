// What the page says a command prints is what it prints.
import { execFileSync } from 'node:child_process';
import { controls, expect, open, STILL, test } from './app';

test.use(STILL);

test('the command that is shown computes what is shown', async ({ page }) => {
  const c = controls(page);
  await open(page, '#/sse-c?seed=verify');
  await c.tab('Bytes').click();
  const section = c.inspector.locator('section', { hasText: 'Verify outside' });
  const seen = new Set<string>();
  for (let step = 1; step <= Number(await c.slider.getAttribute('max')); step++) {
    await c.slider.fill(String(step));
    if ((await section.getByRole('radio').count()) === 0) continue;
    await section.getByRole('radio', { name: 'Node' }).check();
    const [command = '', prints = ''] = await section.locator('pre').allTextContents();
    expect(execFileSync('bash', ['-c', command], { encoding: 'utf8' }).trim()).toBe(prints);
    seen.add(await c.inspector.getByText(/^Algorithm:/).innerText());
  }
  expect([...seen].sort()).toEqual(['Algorithm: AES-256-GCM', 'Algorithm: HMAC-SHA-256']);
});

test('an input leads to the step that made it, and an output on to the step that uses it', async ({
  page,
}) => {
  const c = controls(page);
  await open(page, '#/sse-kms?seed=demo&level=standard&step=27');
  await c.tab('Bytes').click();
  const from = c.inspector.getByRole('list', { name: 'Where these bytes come from' }).first();
  const way = from.getByRole('button');
  await expect(way).toContainText('draws the data key');
  const [, step] = /step (\d+)/.exec(await way.innerText()) ?? [];
  await way.focus();
  await page.keyboard.press('Enter');
  await expect(c.slider).toHaveValue(step ?? '');
  const on = c.inspector.getByRole('list', { name: 'Where these bytes go on to' }).first();
  const next = on.getByRole('button').filter({ hasText: 'encrypts the object' });
  const [, later] = /step (\d+)/.exec(await next.innerText()) ?? [];
  await next.click();
  await expect(c.slider).toHaveValue(later ?? '');
  const key = c.inspector.getByRole('list', { name: 'Where these bytes come from' }).first();
  await expect(key).toContainText('draws the data key');
});

test('where there is nothing to compute again, it is said why', async ({ page }) => {
  const c = controls(page);
  await open(page, '#/sse-kms?seed=demo&level=deep&step=21');
  await c.tab('Bytes').click();
  await expect(c.inspector).toContainText('nothing computes them from other bytes');
});
