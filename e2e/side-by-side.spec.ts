// Side by side: real runs in columns, one Next for all, a table read from them, its ways to the steps, the address, print.
import type { Page } from '@playwright/test';
import { controls, expect, STILL, test, tooWideBy } from './app';
import { violations } from './axe';

test.use(STILL);

const ready = (page: Page) => expect(page.getByText(/schemes, side by side\.$/)).toBeAttached();
const slider = (page: Page) => page.getByRole('slider', { name: /^Step/ });
const column = (page: Page, at: number) => page.locator('main > ul > li').nth(at);
const cells = (page: Page, name: string) =>
  page.getByRole('row', { name: new RegExp(`^${name}`) }).getByRole('cell');

async function open(page: Page, query = ''): Promise<void> {
  await page.goto(`/#/compare${query}`);
  await ready(page);
}

test('one Next moves all, Back leads exactly back, and the place is in the address', async ({
  page,
}) => {
  await page.goto('/');
  await page.getByRole('link', { name: 'Side by side' }).click();
  await ready(page);
  await expect(column(page, 0).getByRole('heading', { name: 'CSE with KMS' })).toBeVisible();
  const at = () => page.locator('main > ul').innerText();
  const seen = [await at()];
  for (let row = 1; row <= 6; row++) {
    await page.keyboard.press('ArrowRight');
    await expect(slider(page)).toHaveValue(String(row));
    seen.push(await at());
  }
  expect(new Set(seen).size).toBe(7);
  expect(page.url()).toMatch(/row=6&seed=/);
  await page.reload();
  await ready(page);
  expect(await at()).toBe(seen[6]);
  for (let row = 5; row >= 0; row--) {
    await page.getByRole('button', { name: 'Previous step' }).click();
    await expect(slider(page)).toHaveValue(String(row));
    expect(await at()).toBe(seen[row]);
  }
  await page.keyboard.press('End');
  await expect(page.getByRole('button', { name: 'Next step' })).toBeDisabled();
});

test('columns are chosen, taken away, and given another variant', async ({ page }) => {
  await open(page, '?with=sse-s3,sse-kms');
  await expect(page.getByRole('button', { name: /Take .* away/ })).toHaveCount(0);
  await page.getByRole('combobox', { name: 'Add a scheme' }).selectOption({ label: 'DSSE-KMS' });
  await ready(page);
  await expect(page.locator('main > ul > li')).toHaveCount(3);
  await page
    .getByRole('combobox', { name: 'Variant of SSE-KMS' })
    .selectOption({ label: 'Bucket key' });
  await ready(page);
  expect(page.url()).toContain('with=sse-s3,sse-kms.bucket-key,dsse-kms');
  await page.getByRole('button', { name: 'Take SSE-S3 away' }).click();
  await expect(page.locator('main > ul > li')).toHaveCount(2);
});

test('the table says what tells them apart, and leads to the step', async ({ page }) => {
  await open(page, '?with=cse-kms,sse-s3,sse-kms,sse-c&seed=demo');
  const steps = /\d+ steps/;
  await expect(cells(page, 'S3 has the key')).toHaveText(['never', steps, steps, steps]);
  await expect(cells(page, 'Readable on the disks')).toHaveText(Array(4).fill('never'));
  await expect(cells(page, 'CloudTrail has')).toHaveText([
    ...['2 events of KMS', 'none', '2 events of KMS', 'none'],
  ]);
  await expect(cells(page, 'For 1,000,000 objects')).toHaveText(['$6.00', '$0', '$6.00', '$0']);
  await expect(cells(page, 'S3 requests for 1,000,000')).toHaveText(Array(4).fill('$5.40'));
  await expect(page.getByRole('rowheader', { name: /^Who encrypts.*differs$/ })).toBeVisible();
  await expect(
    page.getByRole('rowheader', { name: 'Readable on the disks', exact: true }),
  ).toBeVisible();
  await page.getByRole('button', { name: 'Measure it' }).click();
  await expect(page.getByText('40 requests of KMS against 1')).toBeVisible();
  const link = cells(page, 'Who encrypts').nth(2).getByRole('button');
  const step = await link.innerText();
  await link.click();
  await expect(controls(page).slider).toHaveValue(String(Number.parseInt(step, 10)));
  await expect(controls(page).inspector).toContainText('encrypts the object');
  await page.goBack();
  await ready(page);
});

test('what an address says wrong is told', async ({ page }) => {
  await open(page, '?with=sse-s3,moon&row=x');
  await expect(page.getByText('moon, row=x')).toBeVisible();
  await expect(page.locator('main > ul > li')).toHaveCount(2);
});

test('prints the table alone', async ({ page }) => {
  await open(page, '?with=cse-kms,sse-s3,sse-kms,sse-c&seed=demo');
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByRole('table')).toBeVisible();
  await expect(page.getByRole('slider')).toBeHidden();
  await expect(page.getByRole('banner')).toBeHidden();
});

for (const [width, height] of [
  [1440, 900],
  [390, 844],
  [320, 640],
] as const)
  test(`has no violation and fits ${width}×${height}`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    await open(page, '?seed=demo&row=7');
    expect(await tooWideBy(page)).toBe(0);
    expect(await violations(page, `side by side ${width}`)).toEqual([]);
  });
