// A scenario presented to a room: one press one step, type that is read from the back row, nothing that runs over.
import type { Page } from '@playwright/test';
import { expect, open, SCHEME_IDS, STILL, test } from './app';
import { violations } from './axe';

test.use({ ...STILL, viewport: { width: 1280, height: 720 } });

const stepOf = async (page: Page): Promise<number> => {
  const text = (await page.locator('footer').textContent()) ?? '';
  return Number(/Step (\d+) of/.exec(text)?.[1] ?? Number.NaN);
};
const atStep = (page: Page, step: number) =>
  expect(page.locator('footer')).toContainText(`Step ${step} of`);

async function present(page: Page, hash: string): Promise<void> {
  await page.goto(`/${hash}`);
  await expect(page.getByRole('main', { name: 'Presentation' })).toBeVisible();
  await expect(page.locator('footer')).toContainText('Step');
}

test('a clicker, a press and the keys go exactly one step', async ({ page }) => {
  await present(page, '#/sse-kms?seed=room&view=present');
  await atStep(page, 0);
  let step = 0;
  for (const key of ['PageDown', 'ArrowRight', 'Space', 'PageDown']) {
    await page.keyboard.press(key);
    await atStep(page, ++step);
  }
  await page.mouse.click(640, 300);
  await atStep(page, ++step);
  for (const key of ['PageUp', 'ArrowLeft']) {
    await page.keyboard.press(key);
    await atStep(page, --step);
  }
});

test('black hides all, and the press that ends it is no step', async ({ page }) => {
  await present(page, '#/sse-kms?seed=room&view=present&step=12&level=deep');
  const before = await stepOf(page);
  for (const [black, back] of [
    ['b', 'b'],
    ['.', 'PageDown'],
  ] as const) {
    await page.keyboard.press(black);
    await expect(page.getByText('The screen is black')).toBeAttached();
    expect(await page.evaluate(() => document.elementFromPoint(640, 360)?.textContent)).toContain(
      'The screen is black',
    );
    await page.keyboard.press(back);
    await expect(page.getByText('The screen is black')).not.toBeAttached();
    await atStep(page, before);
  }
});

test('G goes to a number, O to a picture, and Escape leads back one at a time', async ({
  page,
}) => {
  await present(page, '#/sse-kms?seed=room&view=present');
  await page.keyboard.press('g');
  await expect(page.getByRole('textbox')).toBeFocused();
  await page.keyboard.type('900');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main').getByRole('alert')).toContainText('There are steps 0 to');
  await page.getByRole('textbox').fill('7');
  await page.keyboard.press('Enter');
  await atStep(page, 7);

  await page.keyboard.press('o');
  const tiles = page.getByRole('region', { name: 'All steps' }).getByRole('button');
  await expect(tiles.nth(6)).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await atStep(page, 12);

  await page.keyboard.press('i');
  await expect(page.getByRole('region', { name: 'Inspector' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('region', { name: 'Inspector' })).not.toBeAttached();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Next step' })).toBeVisible();
  await expect(page.getByRole('slider', { name: 'Step' })).toHaveValue('12');
});

test('F begins where one is, and the address begins there, too', async ({ page }) => {
  await open(page, '#/sse-c?seed=room&step=14&level=deep');
  await expect(page.getByRole('status')).not.toBeEmpty(); // who listens to keys is there
  await page.keyboard.press('f');
  await expect(page.getByRole('main', { name: 'Presentation' })).toBeVisible();
  await atStep(page, 15);
  expect(page.url()).toContain('view=present');
  await page.reload();
  await expect(page.getByRole('main', { name: 'Presentation' })).toBeVisible();
  await atStep(page, 15);
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'projector');
});

for (const flow of SCHEME_IDS) {
  test(`all that is seen of ${flow} is at least 24 px, and no caption runs over`, async ({
    page,
  }) => {
    await present(page, `#/${flow}?seed=room&view=present&level=deep`);
    await page.keyboard.press('End');
    const last = await stepOf(page);
    await page.keyboard.press('Home');
    const found = new Set<string>();
    for (let step = 1; step <= last; step++) {
      await page.keyboard.press('ArrowRight');
      await atStep(page, step);
      const wrong = await page.evaluate(() => {
        const texts = [...document.querySelectorAll('main *')].filter(
          (element) =>
            !element.closest('.visually-hidden, [role=toolbar]') &&
            element.getBoundingClientRect().width > 1 &&
            [...element.childNodes].some(({ nodeType, data }: ChildNode & { data?: string }) =>
              Boolean(nodeType === Node.TEXT_NODE && data?.trim()),
            ),
        );
        const small = texts
          .filter((element) => Number.parseFloat(getComputedStyle(element).fontSize) < 24)
          .map((element) => `small: ${element.textContent}`);
        const caption = document.querySelector('[class*=caption]:not([class*=Place])');
        const over =
          caption && caption.scrollHeight > caption.clientHeight + 1
            ? [`over: ${caption.textContent}`]
            : [];
        return [...small, ...over];
      });
      for (const one of wrong) found.add(`${step} ${one}`);
    }
    expect([...found]).toEqual([]);
  });
}

test('axe finds nothing, whatever is open', async ({ page }) => {
  await present(page, '#/sse-kms?seed=room&view=present&step=20');
  const found: string[] = [];
  const check = async (where: string) => found.push(...(await violations(page, where)));
  await check('the stage');
  await page.mouse.move(600, 300);
  await page.mouse.move(640, 330);
  await check('the tools');
  await page.getByRole('button', { name: 'Screen' }).click();
  await page.getByRole('slider', { name: 'Contrast' }).fill('130');
  await check('the filters');
  await page.keyboard.press('Escape');
  await present(page, '#/sse-kms?seed=room&view=present&step=21');
  for (const key of ['i', 'o', 'g']) {
    await page.keyboard.press(key);
    await check(key);
    await page.keyboard.press('Escape');
  }
  expect(found).toEqual([]);
});
