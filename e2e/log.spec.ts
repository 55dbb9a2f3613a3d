// The log fills as the calls are answered; under SSE-S3 it has nothing of KMS, and says so.
import { controls, expect, open, STILL, test } from './app';

test.use(STILL);

test('SSE-KMS leaves an event for each use of the key, SSE-S3 none', async ({ page }) => {
  const c = controls(page);
  await open(page, '#/sse-kms?seed=log');
  await c.tab('Log').click();
  await expect(c.inspector).toContainText('Nothing is on record up to this step.');
  await c.slider.press('End');
  const events = c.inspector.getByRole('listitem');
  await expect(events.locator('strong')).toHaveText([
    'CreateBucket',
    'CreateKey',
    'CreateAlias',
    'GenerateDataKey',
    'Decrypt',
  ]);
  const generated = events.filter({ hasText: 'called by S3 in the name of ana' }).first();
  await generated.getByText('The record').click();
  await expect(generated).toContainText('"invokedBy": "AWS Internal"');
  await generated.getByRole('button', { name: 'Go there' }).click();
  await expect(events.last()).toContainText('GenerateDataKey');
  await expect(events.last()).toContainText('new');
  await c.inspector.getByRole('checkbox').check();
  await c.slider.press('End');
  await expect(c.inspector).toContainText('SSEApplied: SSE_KMS · data event');

  await open(page, '#/sse-s3?seed=log');
  await c.slider.press('End');
  await expect(c.inspector).toContainText('No event of KMS. Nobody asked it');
  await expect(events.locator('strong')).toHaveText(['CreateBucket', 'PutObject', 'GetObject']);
});
