// A world is forked by hand: a message, a policy, the way back, both histories, and the address of it all.
import type { Page } from '@playwright/test';
import { controls, expect, open, STILL, test } from './app';
import { violations } from './axe';

test.use(STILL);

const PUT = '#/sse-kms?seed=demo&level=standard&step=13';
const ribbon = (page: Page) => page.getByRole('region', { name: 'Your changes' });
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

async function press(page: Page, name: string): Promise<void> {
  await button(page, name).focus();
  await page.keyboard.press('Enter');
}

test('a bit is flipped on its way, by keyboard, and the checksum finds it', async ({ page }) => {
  const c = controls(page);
  await open(page, PUT);
  await press(page, 'Flip a bit');
  await page.getByRole('textbox', { name: 'Byte' }).fill('15');
  await page.getByRole('combobox', { name: 'Bit' }).selectOption('2');
  await expect(page.getByText('61 “a” becomes 65 “e”')).toBeVisible();
  await press(page, 'Flip it');
  await expect(ribbon(page)).toContainText('bit 2 of byte 15 of the message flipped step 2');
  expect(page.url()).toContain('what=13.flip.122');
  // One stays where one was, and the way on is another.
  await expect(c.slider).toHaveValue('2');
  await c.slider.press('End');
  await expect(c.inspector).toContainText('BadDigest');
  await expect(c.inspector).toContainText('Caught by the checksum that the client sent along');

  await press(page, 'Undo');
  await expect(ribbon(page)).toContainText('Nothing is changed any more.');
  expect(page.url()).not.toContain('what=');
  await press(page, 'Redo');
  await expect(ribbon(page)).toContainText('flipped');
  await press(page, 'Back to the unchanged run');
  await expect(ribbon(page)).toContainText('Nothing is changed any more.');
});

test('both histories can be looked at, and where they part', async ({ page }) => {
  const c = controls(page);
  await open(page, `${PUT}&what=13.flip.122`);
  await ribbon(page).getByRole('radio', { name: 'Unchanged' }).focus();
  await page.keyboard.press('Space');
  await expect(c.slider).toHaveAttribute('max', '32');
  await expect(c.slider).toHaveValue('2');
  expect(page.url()).toContain('side=unchanged');
  await page.reload();
  await expect(c.slider).toHaveAttribute('max', '32');
  await ribbon(page).getByRole('radio', { name: 'Changed', exact: true }).check({ force: true });
  await expect(c.slider).toHaveAttribute('max', '7');
  await press(page, 'They part at step 3');
  await expect(c.inspector).toContainText('On its way one bit of the message turns over');
});

test('an address with a change that cannot be leads to the nearest place', async ({ page }) => {
  const c = controls(page);
  await open(page, `${PUT}&what=13.flip.99999*13.burn`);
  await expect(c.notice).toContainText('13.flip.99999');
  await expect(c.notice).toContainText('13.burn');
  await expect(c.slider).toHaveAttribute('max', '32');
  await expect(ribbon(page)).toHaveCount(0);
});

test('a policy is edited at the gate, and the door of KMS closes', async ({ page }) => {
  const c = controls(page);
  await open(page, '#/sse-kms?seed=demo&level=standard&step=36&view=gates');
  const gates = page.getByRole('region', { name: 'Two gates' });
  await expect(gates).toContainText('GetObject');
  await expect(gates.getByRole('heading', { name: 'KMS’s door Open' })).toBeVisible();
  await press(page, 'Edit Key policy');
  const editor = page.getByRole('textbox', { name: 'Key policy, as JSON' });
  await expect(editor).toBeFocused();
  const sound = await editor.inputValue();
  await editor.fill(sound.replace('"Allow"', 'Allow'));
  await expect(editor).toHaveAccessibleDescription(/not valid JSON.*line 7/);
  await expect(button(page, 'Run again with it')).toBeDisabled();
  await editor.fill(sound.replace('"kms:*"', '"kms:Decript*", "NotAction": "x:y"'));
  await expect(editor).toHaveAccessibleDescription(/no valid Action/);
  const deny = `{ "Sid": "No", "Effect": "Deny", "Principal": "*", "Action": "kms:Decrypt", "Resource": "*" },`;
  await editor.fill(sound.replace('"Statement": [', `"Statement": [${deny}`));
  await press(page, 'Run again with it');
  await expect(gates.getByRole('heading', { name: 'KMS’s door Closed' })).toBeVisible();
  await expect(gates).toContainText('key policy, statement No');
  await expect(ribbon(page)).toContainText('key policy rewritten');
  expect(await violations(page, 'what if')).toEqual([]);
  await c.slider.press('End');
  await expect(c.inspector).toContainText('explicit deny in a resource-based policy');
  // The same from its address.
  const address = page.url().replace(/^[^#]*/, '');
  await open(page, address);
  await expect(gates.getByRole('heading', { name: 'KMS’s door Closed' })).toBeVisible();
});

for (const [width, height] of [
  [1440, 900],
  [390, 844],
] as const)
  test(`handles, ribbon and gates at ${width}×${height} have no violation and fit`, async ({
    page,
  }) => {
    await page.setViewportSize({ width, height });
    for (const theme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
      await open(page, `${PUT}&what=13.flip.122`);
      const look = button(page, 'Look inside');
      if ((await look.count()) > 0) await look.click();
      await press(page, 'Edit a header');
      expect(await violations(page, 'what if')).toEqual([]);
      await open(page, `${PUT}&view=gates`);
      await press(page, 'Write one Bucket policy');
      expect(await violations(page, 'what if')).toEqual([]);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(wide).toBeLessThanOrEqual(width);
    }
  });
