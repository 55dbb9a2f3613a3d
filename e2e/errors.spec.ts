// What the page cannot do without, and what it can: it says so, offers a way on, and loses nothing.
import { controls, expect, open, STILL, test } from './app';

test.use(STILL);

test('without WebCrypto the page says what to do', async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(Crypto.prototype, 'subtle', { get: () => undefined });
  });
  await page.goto('/#/sse-kms');
  await expect(
    page.getByRole('heading', { name: 'This page needs a secure address' }),
  ).toBeVisible();
  await expect(page.getByRole('main').getByRole('link').first()).toHaveAttribute(
    'href',
    /^http:\/\/(localhost|127\.0\.0\.1):\d+\/#\/sse-kms/,
  );
});

const BLOCKED = {
  'that refuses to write': () => {
    Storage.prototype.setItem = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
  },
  'that may not even be touched': () => {
    for (const name of ['localStorage', 'sessionStorage'])
      Object.defineProperty(globalThis, name, {
        get: () => {
          throw new DOMException('blocked', 'SecurityError');
        },
      });
  },
};
for (const [what, block] of Object.entries(BLOCKED)) {
  test(`with storage ${what} all works, and it is said once`, async ({ page }) => {
    await page.addInitScript(block);
    const c = controls(page);
    await open(page, '#/sse-s3?seed=storage');
    await c.level('Overview').check({ force: true });
    await expect(c.notice).toContainText('does not let the page store anything');
    await c.notice.getByRole('button').click();
    await expect(c.notice).toHaveCount(0);
    await c.level('Deep').check({ force: true });
    await c.ownData.click();
    await c.dialog.getByLabel('Text to encrypt').fill('not stored');
    await c.dialog.getByRole('button', { name: 'Run with this' }).click();
    await expect(c.slider).toBeEnabled();
    await c.slider.press('End');
    await c.tab('Wire').click();
    await expect(c.inspector).toContainText('not stored');
    await expect(c.notice).toHaveCount(0);
  });
}

test.describe('a worker that does not start', () => {
  test.use({ foreseen: /500|worker|Failed to load/i });

  test('is told, and can be tried again', async ({ page }) => {
    const c = controls(page);
    await page.route(/engine\.worker/, (route) => route.fulfill({ status: 500, body: '' }));
    await page.goto('/#/sse-kms?seed=worker');
    const again = page.getByRole('button', { name: 'Run it again' });
    await expect(again).toBeVisible();
    await expect(c.alert).toHaveText(
      'The run broke off, and it is our fault. What you typed is kept.',
    );
    await again.click();
    await expect(again).toBeVisible();
    await page.unroute(/engine\.worker/);
    await again.click();
    await expect(c.slider).toBeEnabled();
    await expect(again).toHaveCount(0);
    await expect(c.alert).toHaveText('');
  });
});

test.describe('a part of the page that breaks', () => {
  test.use({ foreseen: /on purpose/ });

  test('is told, keeps what was typed, and leads back to the map', async ({ page }) => {
    // The transcript joins names with the browser's own list format: without it, drawing fails.
    await page.addInitScript(() => {
      const broken = class {
        constructor() {
          throw new Error('broken on purpose');
        }
      };
      Object.defineProperty(Intl, 'ListFormat', { value: broken });
    });
    const c = controls(page);
    await open(page, '#/sse-s3?seed=broken');
    await c.ownData.click();
    await c.dialog.getByLabel('Text to encrypt').fill('keep this');
    await page.keyboard.press('Escape');
    await page.getByRole('combobox', { name: 'View' }).selectOption('transcript');
    await expect(page.getByRole('heading', { name: /Something broke/ })).toBeVisible();
    await expect(page.getByRole('button', { name: 'Load again' })).toBeVisible();
    await page.getByRole('button', { name: 'Back to the map' }).click();
    await c.row('sse-s3').click();
    await expect(c.slider).toBeEnabled();
    await c.ownData.click();
    await expect(c.dialog.getByLabel('Text to encrypt')).toHaveValue('keep this');
  });
});
