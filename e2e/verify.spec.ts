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
    if ((await section.count()) === 0) continue;
    await section.getByRole('radio', { name: 'Node' }).check();
    const [command = '', prints = ''] = await section.locator('pre').allTextContents();
    expect(execFileSync('bash', ['-c', command], { encoding: 'utf8' }).trim()).toBe(prints);
    seen.add(await c.inspector.getByText(/^Algorithm:/).innerText());
  }
  expect([...seen].sort()).toEqual(['Algorithm: AES-256-GCM', 'Algorithm: HMAC-SHA-256']);
});
