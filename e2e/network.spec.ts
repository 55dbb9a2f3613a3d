// Nothing leaves the page: once it is loaded there is no request at all, and without a network everything works.
import type { Page } from '@playwright/test';
import { controls, expect, SCHEME_IDS, STILL, test } from './app';

test.use(STILL);

/** Everything there is to open. */
async function useEverything(page: Page): Promise<void> {
  const c = controls(page);
  await c.row('sse-kms').click();
  for (const id of SCHEME_IDS) {
    await c.scheme(id).click();
    await expect(page).toHaveURL(new RegExp(`#/${id}\\?`));
    await expect(c.slider).toBeEnabled();
    await c.next.click();
    await expect(c.slider).toHaveValue('1');
    await c.slider.press('End');
  }
  for (const tab of ['Wire', 'Bytes', 'Who knows what', 'Explain']) await c.tab(tab).click();
  await c.fault.selectOption('You send another key');
  await expect(c.slider).toBeEnabled();
  await page.getByRole('combobox', { name: 'View' }).selectOption('transcript');
  await expect(c.transcript).toBeVisible();
  for (const theme of ['Dark', 'Projector', 'Light'])
    await page.getByRole('combobox', { name: 'Theme' }).selectOption(theme);
  for (const button of [c.help, c.share]) {
    await button.click();
    await expect(c.dialog).toBeVisible();
    await page.keyboard.press('Escape');
  }
  await page.keyboard.press('w');
  await expect(c.dialog).toBeVisible();
  await page.keyboard.press('Escape');
  await c.ownData.click();
  await c.dialog.getByLabel('Text to encrypt').fill('Grüße, Привет, Γειά, Tiếng Việt');
  await c.dialog.getByRole('button', { name: 'Run with this' }).click();
  await expect(c.dialog).toHaveCount(0);
  await expect(c.slider).toBeEnabled();
  await page.getByRole('link', { name: 'Sealed' }).click();
  await expect(c.row('sse-c')).toBeVisible();
}

test('after load there is no request at all', async ({ page }) => {
  const requests: string[] = [];
  await page.goto('/');
  await page.waitForLoadState('networkidle');
  page.on('request', (request) => requests.push(request.url()));
  page.on('worker', (worker) => requests.push(`worker ${worker.url()}`));
  await useEverything(page);
  expect(requests).toEqual([]);
});

test('without a network everything works', async ({ page, context }) => {
  await page.goto('/');
  await page.waitForLoadState('networkidle');
  await context.setOffline(true);
  await useEverything(page);
});

test('a strict policy stands in the header and in the page, and is kept', async ({ page }) => {
  const answer = await page.goto('/');
  const header = answer?.headers()['content-security-policy'] ?? '';
  const meta = page.locator('meta[http-equiv=Content-Security-Policy]');
  for (const policy of [header, (await meta.getAttribute('content')) ?? '']) {
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).toContain("require-trusted-types-for 'script'");
    expect(policy).not.toMatch(/unsafe|\*|https?:|blob:/);
  }
});

test.describe('the policy', () => {
  test.use({ foreseen: /Content Security Policy|Trusted|TrustedHTML/i });

  test('stops a script that is put into the page, and that is seen', async ({ page, troubles }) => {
    await page.goto('/');
    const injected = await page.evaluate(() => {
      const script = document.createElement('script');
      try {
        script.textContent = 'globalThis.injected = true';
        document.head.append(script);
      } catch {
        // Trusted Types refuse the text itself
      }
      return (globalThis as { injected?: boolean }).injected ?? false;
    });
    expect(injected).toBe(false);
    expect(troubles.length).toBeGreaterThan(0); // what breaks the policy does not pass unseen
  });
});
