// The key hierarchy: a world that is really stored, as picture and tree; what is said before anything is done; a GET that
// really fails; the address; many objects.
import type { Page } from '@playwright/test';
import { expect, STILL, test, tooWideBy } from './app';
import { violations } from './axe';

test.use(STILL);

const ready = (page: Page, count: string) =>
  expect(page.getByText(`${count} objects stored.`)).toBeAttached({ timeout: 20_000 });
const branch = (page: Page, name: RegExp) => page.getByRole('treeitem', { name });
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });
const panel = (page: Page) => page.getByRole('region', { name: 'What is chosen' });

async function open(page: Page, query: string, count: string): Promise<void> {
  await page.goto(`/#/keys?seed=demo&${query}`);
  await ready(page, count);
}

test('a key is disabled: foretold, done, seen in a GET, undone', async ({ page }) => {
  await page.goto('/');
  await page.getByRole('link', { name: 'Key hierarchy' }).click();
  await ready(page, '300');
  await expect(page).toHaveTitle(/Key hierarchy/);
  await branch(page, /alias\/diary/).click();
  await expect(panel(page).getByText('85 objects hang under it.')).toBeVisible();
  await button(page, 'Disable').click();
  await expect(
    panel(page).getByText('85 of 300 objects could not be read any more.'),
  ).toBeVisible();
  await expect(page.getByText('would be lost 85')).toBeVisible();
  await button(page, 'Leave it').click();
  expect(page.url()).not.toContain('do=');
  await button(page, 'Disable').click();
  await button(page, 'Do it').click();
  await expect(branch(page, /alias\/diary.*disabled/)).toBeVisible();
  await button(page, /^Try to read/).click();
  await expect(panel(page).getByText('KMS.DisabledException', { exact: true })).toBeVisible();
  expect(page.url()).toContain('do=disable.diary');
  const address = page.url();
  await button(page, 'Undo').click();
  await expect(branch(page, /alias\/diary.*enabled/)).toBeVisible();
  await page.goto(address);
  await page.reload();
  await expect(branch(page, /alias\/diary.*disabled/)).toBeVisible();
});

test('a bucket key is missed late, and old key material still opens', async ({ page }) => {
  await open(page, 'objects=30&do=rotate.archive~disable.archive&at=archive', '30');
  await expect(branch(page, /Material 2.*current/)).toBeVisible();
  await button(page, /^Try to read archive-1/).click();
  await expect(panel(page).getByText('Answered: 200.').last()).toBeVisible();
  await page.getByRole('treeitem', { name: /AWS KMS/ }).press('Home');
  await page.goto(page.url().replace('disable.archive', 'disable.archive~wait.5m'));
  await expect(page.getByText(/Clock: .*9:05/)).toBeVisible();
  await button(page, /^Try to read archive-1/).click();
  await expect(panel(page).getByText('KMS.DisabledException', { exact: true })).toBeVisible();
});

test('what leaked opens what it is said to open, and two ways to move say what they touched', async ({
  page,
}) => {
  await open(page, 'objects=8&do=leak.root&at=o1', '8');
  await button(page, 'Try to open it with what leaked').click();
  await expect(panel(page).getByText('This is page 1 of the photos.')).toBeVisible();
  await page.goto('/#/keys?seed=demo&objects=8&do=move.0.update.archive&at=o0');
  const touched = page.getByRole('table', { name: 'What it touched' });
  await expect(touched.getByRole('row', { name: /Encrypted bytes/ })).toContainText('as before');
  await expect(touched.getByRole('row', { name: /KMS was asked/ })).toContainText('ReEncrypt');
  await page.goto('/#/keys?seed=demo&objects=8&do=move.0.copy.archive&at=o0');
  await expect(touched.getByRole('row', { name: /Encrypted bytes/ })).toContainText('new');
  await expect(touched.getByRole('row', { name: /KMS was asked/ })).toContainText(
    'GenerateDataKey',
  );
});

test('the tree goes by keys, the picture by its buttons, and a search finds', async ({ page }) => {
  await open(page, 'objects=30', '30');
  const tree = page.getByRole('tree');
  await tree.focus();
  for (const key of ['Home', 'ArrowDown', 'ArrowDown', 'ArrowRight', 'ArrowRight', 'Enter'])
    await page.keyboard.press(key);
  await expect(panel(page).getByRole('heading', { name: 'diary/diary-1.txt' })).toBeVisible();
  expect(page.url()).toContain('at=o0');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  await expect(branch(page, /diary-1/)).toHaveCount(0);
  await page.getByRole('searchbox').fill('safe-1');
  await page.keyboard.press('Enter');
  await expect(panel(page).getByRole('heading', { name: 'safe/safe-1.txt' })).toBeVisible();
  await page.getByRole('searchbox').fill('no such thing');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Nothing here has that name.')).toBeVisible();
  const canvas = page.locator('canvas');
  const drawn = () => canvas.evaluate((element: HTMLCanvasElement) => element.toDataURL());
  const before = await drawn();
  await button(page, 'Zoom in').click();
  expect(await drawn()).not.toBe(before);
  await button(page, 'Fit').click();
  expect(await drawn()).toBe(before);
});

test('many objects: the picture is there at once, and storing can be stopped', async ({ page }) => {
  await page.goto('/#/keys?seed=demo&objects=100000');
  await expect(page.getByRole('tree')).toBeVisible();
  await button(page, 'Stop here').click();
  await expect(page.getByText(/objects stored\./)).toBeAttached();
  expect(page.url()).toMatch(/objects=\d+/);
  expect(page.url()).not.toContain('100000');
});

test('a wrong address is told, and the nearest is shown', async ({ page }) => {
  await open(page, 'objects=1&do=explode~disable.diary&colour=red', '3');
  await expect(page.getByText(/says nothing here: objects=1, explode, colour/)).toBeVisible();
  await expect(branch(page, /alias\/diary.*disabled/)).toBeVisible();
});

for (const theme of ['light', 'dark'] as const)
  test(`nothing for axe to find, ${theme}, wide and narrow`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: theme });
    await open(page, 'objects=8&do=disable.diary~leak.root&at=o4', '8');
    expect(await violations(page, 'object')).toEqual([]);
    await page.setViewportSize({ width: 390, height: 844 });
    await branch(page, /alias\/archive/).click();
    await button(page, 'Disable').click();
    expect(await violations(page, 'armed')).toEqual([]);
    expect(await tooWideBy(page)).toBe(0);
    await page.setViewportSize({ width: 320, height: 640 });
    expect(await tooWideBy(page)).toBe(0);
  });
