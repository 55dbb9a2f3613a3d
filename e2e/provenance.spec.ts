// Every byte of a message has a name and a way back, with a pointer, by keyboard and for a screen reader.
import { controls, expect, open, STILL, test } from './app';
import { violations } from './axe';

test.use(STILL);

test('a byte that is chosen is named, and its way leads to the deed that made it', async ({
  page,
}) => {
  const c = controls(page);
  await open(page, '#/sse-kms?seed=demo&level=deep');
  await c.tab('Bytes').click();
  const max = Number(await c.slider.getAttribute('max'));
  const heading = c.inspector.getByRole('heading', { name: 'Every byte of this message' });
  const sealed = c.inspector.getByRole('button', {
    name: /^value of sse-encrypted-data-key, ciphertext, in base64/,
  });
  let at = max;
  while (at > 0 && (await sealed.count()) === 0) await c.slider.fill(String(--at));
  await expect(heading).toBeVisible();
  await sealed.click();
  const back = c.inspector.getByRole('list', { name: 'Where it came from' });
  await expect(back).toContainText('Made by');
  const hops = back.locator(':scope > li');
  expect(await hops.count()).toBeGreaterThan(2);
  await expect(hops.last()).toContainText('Into it went aad');

  await page.keyboard.press('ArrowDown');
  const next = c.inspector.getByRole('button', { name: /^value of sse-encrypted-data-key, tag/ });
  await expect(next).toBeFocused();
  await expect(next).toHaveAttribute('aria-current', 'true');
  await expect(c.slider).toHaveValue(String(at));

  await hops.last().getByRole('button').first().click();
  await expect(c.slider).not.toHaveValue(String(at));
});

for (const theme of ['light', 'dark'] as const)
  test(`the bytes of a message have no violations in ${theme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: theme });
    const c = controls(page);
    await open(page, '#/sse-kms?seed=demo&level=standard');
    await c.slider.press('End');
    await c.tab('Bytes').click();
    const grid = c.inspector.getByRole('region', { name: 'The whole message as hex' });
    await grid.locator('[data-at="3"]').first().click();
    await expect(grid.locator('[data-mark=picked]').first()).toBeVisible();
    expect(await violations(page, theme)).toEqual([]);
  });
