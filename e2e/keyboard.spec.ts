// By keyboard alone: from the map through a whole scenario; focus stays where it is, and can be seen.
import type { Page } from '@playwright/test';
import { controls, countSteps, expect, open, STILL, test } from './app';

test.use(STILL);

const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const element = document.activeElement;
    return (
      element?.getAttribute('aria-label') ||
      element?.textContent?.trim() ||
      element?.localName ||
      ''
    );
  });

/** Tab until the focus is on it. */
async function tabTo(page: Page, name: RegExp, within = 60): Promise<void> {
  for (let i = 0; i < within; i++) {
    await page.keyboard.press('Tab');
    if (name.test(await focused(page))) return;
  }
  throw new Error(`${name} is not reached with Tab`);
}

test('a whole scenario from the map to its last step', async ({ page }) => {
  const c = controls(page);
  const press = (key: string) => page.keyboard.press(key);
  await page.goto('/');
  await expect(c.row('sse-s3')).toBeVisible();
  await tabTo(page, /^SSE-S3S3 encrypts/);
  await press('Enter');
  await expect(c.slider).toBeEnabled();
  const steps = await countSteps(page);

  await press('ArrowRight');
  await expect(c.slider).toHaveValue('1');
  await press('Space');
  await expect(c.slider).toHaveValue('2');
  await press('ArrowLeft');
  await expect(c.slider).toHaveValue('1');
  await press('End');
  await expect(c.slider).toHaveValue(String(steps));
  await press('Home');
  await expect(c.slider).toHaveValue('0');

  for (const [key, tab] of [
    ['2', 'Wire'],
    ['3', 'Bytes'],
    ['4', 'Who knows what'],
    ['5', 'Log'],
    ['1', 'Explain'],
  ] as const) {
    await press(key);
    await expect(c.tab(tab)).toHaveAttribute('aria-selected', 'true');
  }
  await press('t');
  await expect(c.transcript).toBeVisible();
  await press('t');
  await expect(c.stage).toBeVisible();
  await press('?');
  await expect(c.dialog.getByRole('heading', { name: 'Help and keyboard' })).toBeVisible();
  await press('ArrowRight'); // not while a dialog is open
  await press('Escape');
  await expect(c.dialog).toHaveCount(0);
  await expect(c.slider).toHaveValue('0');

  for (let n = 1; n <= steps; n++) {
    await press(n % 2 ? 'ArrowRight' : 'Space');
    await expect(c.slider).toHaveValue(String(n));
  }
  await expect(c.status).toContainText(`Step ${steps} of ${steps}`);
});

test('stepping never moves the focus', async ({ page }) => {
  const c = controls(page);
  await open(page, '#/sse-kms?seed=focus');
  await c.tab('Wire').focus();
  const steps = await countSteps(page);
  for (let n = 1; n <= steps; n++) {
    await page.evaluate(() => [...document.querySelectorAll('button')].at(-1)?.click()); // Next step
    await expect(c.slider).toHaveValue(String(n));
    await expect(c.tab('Wire')).toBeFocused();
  }
});

test('Next keeps the focus to the end, where it is of no more use', async ({ page }) => {
  const c = controls(page);
  await open(page, '#/sse-s3?seed=focus&level=overview');
  await c.next.focus();
  const steps = await countSteps(page);
  for (let n = 1; n < steps; n++) {
    await page.keyboard.press('Enter');
    await expect(c.slider).toHaveValue(String(n));
    await expect(c.next).toBeFocused();
  }
  await page.keyboard.press('Enter');
  await expect(c.slider).toHaveValue(String(steps));
  await page.keyboard.press('ArrowLeft');
  await expect(c.slider).toHaveValue(String(steps - 1));
});

test('whatever has the focus shows it', async ({ page }) => {
  await open(page, '#/sse-kms?seed=focus&step=20');
  const seen = new Set<string>();
  for (let i = 0; i < 45; i++) {
    await page.keyboard.press('Tab');
    const mark = await page.evaluate(() => {
      const element = document.activeElement as HTMLElement;
      const name =
        element.getAttribute('aria-label') || element.textContent?.trim().slice(0, 40) || '';
      // A radio button or a file input is hidden; its label shows the focus for it.
      const shows = [
        element,
        element.closest('label'),
        element.parentElement,
        element.previousElementSibling?.lastElementChild,
      ]
        .filter((one) => one instanceof HTMLElement)
        .some((one) => {
          const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(one);
          return (outlineStyle !== 'none' && outlineWidth !== '0px') || boxShadow !== 'none';
        });
      const { top, bottom, left, right } = element.getBoundingClientRect();
      const inView = bottom > 0 && right > 0 && top < innerHeight && left < innerWidth;
      return {
        name: `${element.localName} ${name}`,
        shows,
        inView,
        isBody: element === document.body,
      };
    });
    if (mark.isBody) break;
    expect(mark, mark.name).toMatchObject({ shows: true, inView: true });
    seen.add(mark.name);
  }
  expect(seen.size).toBeGreaterThan(15);
});

test('keys typed in a field are the field’s', async ({ page }) => {
  const c = controls(page);
  await open(page, '#/sse-kms?seed=typing');
  await page.getByRole('spinbutton', { name: 'Go to step' }).fill('3');
  await expect(c.slider).toHaveValue('3');
  await page.keyboard.press('ArrowLeft');
  await expect(c.slider).toHaveValue('3');
  await c.ownData.click();
  const text = c.dialog.getByLabel('Text to encrypt');
  await text.fill('');
  await text.pressSequentially('1 2?tpl w');
  await page.keyboard.press('Home');
  await expect(text).toHaveValue('1 2?tpl w');
  await expect(c.slider).toHaveValue('3');
  await expect(c.dialog).toHaveCount(1);
});

test('single-key shortcuts can be switched off, and stay off', async ({ page }) => {
  const c = controls(page);
  await open(page, '#/sse-kms?seed=shortcuts');
  await expect(async () => {
    await page.keyboard.press('?'); // keys are heard as soon as all is loaded
    await expect(c.dialog).toBeVisible({ timeout: 500 });
  }).toPass();
  await c.dialog.getByRole('checkbox', { name: /Single-key shortcuts/ }).uncheck();
  await page.keyboard.press('Escape');
  for (let reload = 0; reload < 2; reload++) {
    await expect(async () => {
      await page.keyboard.press('2');
      await page.keyboard.press('?');
      await page.keyboard.press('Space');
      await page.keyboard.press('Home');
      await page.keyboard.press('ArrowRight');
      await expect(c.slider).toHaveValue('1', { timeout: 500 });
    }).toPass();
    await expect(c.tab('Explain')).toHaveAttribute('aria-selected', 'true');
    await expect(c.dialog).toHaveCount(0);
    await page.keyboard.press('ArrowLeft');
    await page.reload();
    await expect(c.slider).toBeEnabled();
  }
});
