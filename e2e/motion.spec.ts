// Motion: one step at a time, finished when asked to, nothing by itself; and without motion the same content.
import { controls, countSteps, expect, open, shown, test } from './app';

const packet = '[class*=packetBody]';

test.describe('with motion', () => {
  test('a press on Next during the motion finishes it and goes no further', async ({ page }) => {
    const c = controls(page);
    await page.clock.install();
    await open(page, '#/sse-kms?seed=motion');
    await page.clock.pauseAt(Date.now() + 60_000); // a motion lasts until it is finished
    const moving = page.locator('[data-arriving]');
    await c.next.focus();
    for (const press of [() => c.next.click(), () => page.keyboard.press('ArrowRight')]) {
      const before = Number(await c.slider.inputValue());
      for (const steps of [1, 2]) {
        await press();
        await expect(c.slider).toHaveValue(String(before + steps));
        await expect(moving).not.toHaveCount(0);
        await press();
        await expect(moving).toHaveCount(0);
        await expect(c.slider).toHaveValue(String(before + steps));
      }
    }
  });

  test('a motion ends by itself, and nothing follows it', async ({ page }) => {
    const c = controls(page);
    await open(page, '#/sse-s3?seed=motion');
    await c.next.click();
    await expect(page.locator(packet)).toHaveCount(1);
    await expect(page.locator(packet)).toHaveCount(0);
    await expect(c.slider).toHaveValue('1');
    await expect.poll(() => page.evaluate(() => document.getAnimations().length)).toBe(0);
    await expect(c.play).toBeVisible();
  });

  test('Play goes on by itself until it is paused', async ({ page }) => {
    const c = controls(page);
    await page.clock.install();
    await open(page, '#/sse-kms?seed=motion');
    await page.clock.runFor(60_000);
    await expect(c.slider).toHaveValue('0'); // nothing plays by itself
    await c.play.click();
    await expect(c.slider).toHaveValue('1');
    await expect(c.pause).toBeVisible();
    await page.clock.runFor(30_000);
    const at = Number(await c.slider.inputValue());
    expect(at).toBeGreaterThan(3);
    await c.pause.click();
    await page.clock.runFor(60_000);
    await expect(c.slider).toHaveValue(String(at));
    await c.play.click();
    await page.clock.runFor(600_000);
    await expect(c.slider).toHaveValue(String(await countSteps(page)));
    await expect(c.play).toBeVisible(); // it stops at the end
  });

  test('going back and jumping need no motion', async ({ page }) => {
    const c = controls(page);
    await open(page, '#/sse-kms?seed=motion&step=30');
    const before = Number(await c.slider.inputValue());
    await c.previous.click();
    await expect(c.slider).toHaveValue(String(before - 1));
    await expect(page.locator(packet)).toHaveCount(0);
    await c.slider.press('End');
    await expect(page.locator(packet)).toHaveCount(0);
  });
});

test('less motion shows the same, in the same order', async ({ browser, page, baseURL }) => {
  const calm = await browser.newPage({ reducedMotion: 'reduce', baseURL: baseURL ?? '' });
  const address = '#/sse-s3?seed=motion&level=overview';
  await open(page, address);
  await open(calm, address);
  const steps = await countSteps(page);
  for (let n = 1; n <= steps; n++) {
    for (const one of [page, calm]) {
      await controls(one).next.click();
      await expect(controls(one).slider).toHaveValue(String(n));
    }
    await expect(calm.locator(packet)).toHaveCount(0);
    await expect(page.locator('[data-arriving]')).toHaveCount(0);
    await expect.poll(() => shown(calm)).toEqual(await shown(page));
  }
  await calm.close();
});
