// Side by side: six real runs, and what is read from them.
import AxeBuilder from '@axe-core/playwright';
import { controls, expect, STILL, test } from './app';

test.use(STILL);

test('six schemes are run and compared, and the map is as it was', async ({ page }) => {
  const c = controls(page);
  await page.goto('/');
  await page.getByRole('button', { name: 'Side by side' }).click();
  await expect(c.dialog.getByRole('status')).toHaveText('All schemes are compared.');
  const row = (name: string) => c.dialog.getByRole('row', { name: new RegExp(`^${name}`) });
  const never = 'never';
  await expect(row('S3 has the key').getByRole('cell')).toHaveText([
    ...[never, never, /\d+ steps/, /\d+ steps/, /\d+ steps/, /\d+ steps/],
  ]);
  await expect(row('Readable on the disks').getByRole('cell')).toHaveText(Array(6).fill(never));
  await expect(row('CloudTrail has').getByRole('cell')).toHaveText([
    ...['2 events of KMS', 'none', 'none', '2 events of KMS', '2 events of KMS', 'none'],
  ]);
  await expect(row('For 1,000,000 objects').getByRole('cell')).toHaveText([
    ...['$6.00', '$0', '$0', '$6.00', '$6.00', '$0'],
  ]);
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(c.row('sse-kms')).toBeVisible();
  await c.row('sse-kms').click();
  await expect(c.slider).toBeEnabled();
});
