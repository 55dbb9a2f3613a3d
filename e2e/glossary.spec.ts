// A word opens where it stands, leads to the glossary, and the cast can be met and left.
import { controls, expect, open, STILL, test } from './app';

test.use(STILL);

test('a word in an explanation opens by keyboard, and leads to the glossary', async ({ page }) => {
  const c = controls(page);
  await open(page, '#/sse-kms?seed=words');
  const word = c.inspector.getByRole('button', { name: 'data key' });
  const card = page.locator('[popover]:popover-open');
  await word.focus();
  await page.keyboard.press('Enter');
  await expect(card).toContainText('32 random bytes');
  await page.keyboard.press('Escape');
  await expect(card).toHaveCount(0);
  await expect(word).toBeFocused();
  await expect(c.slider).toHaveValue('0');

  await word.click();
  await card.getByRole('button', { name: 'Open the glossary' }).click();
  await expect(c.dialog.locator('[data-here]')).toBeInViewport();
  await c.dialog.getByRole('searchbox').fill('forward access');
  await expect(c.dialog.locator('[data-term]')).toHaveCount(1);
  await c.dialog.getByRole('searchbox').fill('quantum');
  await expect(c.dialog.getByRole('status')).toHaveText('No word here has “quantum” in it.');
});

test('a card lies inside the window, on a phone too', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const c = controls(page);
  await open(page, '#/sse-kms?seed=words');
  await page.getByRole('button', { name: 'Look inside' }).click();
  for (const word of await c.inspector.locator('[popovertarget]').all()) {
    await word.click();
    const box = await page.locator('[popover]:popover-open').boundingBox();
    expect(box?.x).toBeGreaterThanOrEqual(0);
    expect((box?.x ?? 0) + (box?.width ?? 999)).toBeLessThanOrEqual(390);
    expect((box?.y ?? 0) + (box?.height ?? 999)).toBeLessThanOrEqual(844);
    await page.keyboard.press('Escape');
  }
});

test('the cast is met card by card, and left at any', async ({ page }) => {
  const c = controls(page);
  const meet = page.getByRole('button', { name: /^Meet the cast/ });
  const heading = c.dialog.getByRole('heading', { level: 3 });
  await page.goto('/');
  await meet.click();
  const names: string[] = [];
  for (let i = 1; i <= 7; i++) {
    await expect(c.dialog).toContainText(`${i} of 7`);
    names.push((await heading.textContent()) ?? '');
    if (i < 7) await page.keyboard.press('ArrowRight');
  }
  expect(names).toEqual(['You', 'Client', 'S3', "S3's own keys", 'KMS', 'HSM', 'Storage']);
  await expect(c.dialog.getByRole('definition')).toContainText(['object']);
  await page.keyboard.press('ArrowLeft');
  await expect(heading).toHaveText('HSM');
  await page.keyboard.press('Escape');
  await expect(c.dialog).toHaveCount(0);
  await meet.click();
  await expect(heading).toHaveText('You');
});
