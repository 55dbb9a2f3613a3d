// The bars under the track: as long as the trace says, up to the step shown; remembered.
import { controls, expect, open, STILL, test } from './app';

test.use(STILL);

test('lifetimes grow with the steps, say how long, and stay open', async ({ page }) => {
  const c = controls(page);
  await open(page, '#/sse-kms?seed=lives');
  await page.getByRole('button', { name: 'Lifetimes' }).click();
  const lifetimes = page.getByRole('region', { name: 'Lifetimes' });
  await expect(lifetimes).toContainText('Nobody could read anything yet.');
  await c.slider.press('End');
  await expect(lifetimes.getByRole('listitem')).toContainText([
    'O1, object, readable by You: 17 steps in memory',
    'O1, object, readable by Client: 16 steps in memory',
    'O1, object, readable by S3: 15 steps in memory',
    'D1, data key, readable by S3: 4 steps in memory',
    'D1, data key, readable by KMS: 2 steps in memory',
    'D1, data key, readable by HSM: 3 steps in memory',
    '0 steps at rest in the clear: O1, D1',
  ]);
  await c.slider.press('Home');
  await expect(lifetimes.getByRole('listitem')).toHaveCount(0);
  await page.reload();
  await expect(lifetimes).toBeVisible();
});
