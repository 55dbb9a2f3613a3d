// Installed, and without a network after one visit; and a title for every place.
import { controls, expect, open, STILL, test } from './app';

test.use({ ...STILL, serviceWorkers: 'allow' });

test('after one visit a new visit needs no network, at any address', async ({ page, context }) => {
  await page.goto('/');
  await page.evaluate(() => navigator.serviceWorker.ready);
  // What is kept is kept before the worker is ready; the page itself comes from it from the next visit on.
  await context.setOffline(true);
  await page.goto('about:blank');
  await open(page, '#/dsse-kms?seed=offline&level=deep&step=12');
  await expect(controls(page).slider).toHaveValue('13');
  for (const name of ['SSE-C', 'CSE with KMS']) {
    await page.getByRole('link', { name, exact: true }).click();
    await expect(controls(page).slider).toBeEnabled();
    await controls(page).slider.press('End');
  }
  await page.reload();
  await expect(controls(page).slider).toBeEnabled();
});

test('the manifest says how to install it', async ({ page, request }) => {
  await page.goto('/');
  const href = await page.locator('link[rel=manifest]').getAttribute('href');
  const manifest = await (await request.get(`/${href}`)).json();
  expect(manifest).toMatchObject({ name: 'Sealed', start_url: './', display: 'standalone' });
  for (const { src, sizes, type } of manifest.icons) {
    const icon = await request.get(`/${src}`);
    expect([src, icon.status(), icon.headers()['content-type']]).toEqual([src, 200, type]);
    if (sizes === 'any') continue;
    const [, width, height] = /^(\d+)x(\d+)$/.exec(sizes) ?? [];
    const body = await icon.body();
    expect([body.readUInt32BE(16), body.readUInt32BE(20)]).toEqual([Number(width), Number(height)]);
  }
});

test('every place has a title of its own', async ({ page }) => {
  await page.goto('/');
  await expect(page).toHaveTitle('Sealed: Amazon S3 encryption, seen from inside');
  await open(page, '#/sse-kms');
  await expect(page).toHaveTitle('SSE-KMS – Sealed');
});
