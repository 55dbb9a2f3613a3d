// What every test leans on: a page that must stay free of trouble, and the controls that a reader knows by their names.
import {
  test as base,
  type ConsoleMessage,
  expect,
  type Locator,
  type Page,
} from '@playwright/test';

export const SCHEMES = {
  'cse-kms': { name: 'CSE with KMS', variants: ['v2', 'v3'] },
  'cse-local': { name: 'CSE with a local key', variants: ['aes', 'rsa'] },
  'sse-s3': { name: 'SSE-S3', variants: ['default', 'header'] },
  'sse-kms': {
    name: 'SSE-KMS',
    variants: ['customer-key', 'aws-s3', 'bucket-default', 'bucket-key'],
  },
  'dsse-kms': { name: 'DSSE-KMS', variants: ['customer-key'] },
  'sse-c': { name: 'SSE-C', variants: ['unblocked'] },
} as const;
export type SchemeId = keyof typeof SCHEMES;
export const SCHEME_IDS = Object.keys(SCHEMES) as SchemeId[];

/** Less motion: a press on Next always is a step. */
export const STILL = { contextOptions: { reducedMotion: 'reduce' } } as const;

/** Writes down what a page must never do: throw, complain, break its policy, ask another machine for anything. */
export function watch(page: Page, troubles: string[], origin: string): void {
  page.on('pageerror', (error) => troubles.push(`page error: ${error.message}`));
  page.on('console', (message: ConsoleMessage) => {
    if (message.text().endsWith('registration blocked by Playwright')) return; // as configured
    if (message.type() === 'error' || message.type() === 'warning')
      troubles.push(`console ${message.type()}: ${message.text()}`);
  });
  page.on('request', (request) => {
    const url = request.url();
    if (!/^(blob|data):/.test(url) && new URL(url).origin !== origin)
      troubles.push(`request to elsewhere: ${url}`);
  });
}

interface Fixtures {
  /** What was found wrong with the page. At the end of a test only what it names in `foreseen` may be in here. */
  readonly troubles: string[];
}
interface Options {
  readonly foreseen: RegExp | undefined;
}

export const test = base.extend<Fixtures & Options>({
  foreseen: [undefined, { option: true }],
  troubles: [
    async ({ page, baseURL, foreseen }, use) => {
      const troubles: string[] = [];
      watch(page, troubles, new URL(baseURL ?? '').origin);
      await use(troubles);
      expect(troubles.filter((one) => !foreseen?.test(one))).toEqual([]);
    },
    { auto: true },
  ],
});
export { expect } from '@playwright/test';

/** The page's controls, by role and name. */
export function controls(page: Page) {
  const button = (name: string): Locator => page.getByRole('button', { name, exact: true });
  return {
    next: button('Next step'),
    previous: button('Previous step'),
    play: button('Play'),
    pause: button('Pause'),
    restart: button('Restart'),
    slider: page.getByRole('slider', { name: 'Step', exact: true }),
    stage: page.getByRole('region', { name: 'Stage', exact: true }),
    inspector: page.getByRole('region', { name: 'Inspector', exact: true }),
    transcript: page.getByRole('region', { name: 'Transcript', exact: true }),
    status: page.getByRole('status'),
    alert: page.getByRole('alert'),
    notice: page.getByRole('complementary', { name: 'Notice' }),
    dialog: page.getByRole('dialog'),
    variant: page.getByRole('combobox', { name: 'Variant' }),
    fault: page.getByRole('combobox', { name: 'What if …' }),
    ownData: button('Your own data'),
    help: button('Help and keyboard'),
    share: button('Share'),
    tab: (name: string): Locator => page.getByRole('tab', { name, exact: true }),
    level: (name: string): Locator => page.getByRole('radio', { name, exact: true }),
    /** In the navigation at the top. */
    scheme: (id: SchemeId): Locator =>
      page
        .getByRole('navigation', { name: 'Schemes' })
        .getByRole('link', { name: SCHEMES[id].name, exact: true }),
    /** On the map. */
    row: (id: SchemeId): Locator =>
      page
        .getByRole('main')
        .getByRole('link')
        .filter({ has: page.getByRole('heading', { name: SCHEMES[id].name, exact: true }) }),
  };
}

/** Opens an address, and waits until its run is there. */
export async function open(page: Page, address: string): Promise<void> {
  await page.goto(`/${address}`);
  await expect(controls(page).slider).toBeEnabled();
}

/** How many steps the level shows. */
export const countSteps = async (page: Page): Promise<number> =>
  Number(await controls(page).slider.getAttribute('max'));

export async function step(page: Page, times: number): Promise<void> {
  const { next, slider } = controls(page);
  for (let i = 0; i < times; i++) {
    const before = Number(await slider.inputValue());
    await next.click();
    await expect(slider).toHaveValue(String(before + 1));
  }
}

interface Shown {
  /** Element by element, with its attributes in the order of their names. */
  readonly stage: string[];
  readonly stageText: string;
  readonly inspector: string;
  readonly said: string;
  readonly slider: string;
}

/** What is seen of a step and said of it: the stage, the inspector, and what a screen reader is told. */
export const shown = (page: Page): Promise<Shown> =>
  page.evaluate(() => {
    const one = (selector: string): Element | null => document.querySelector(selector);
    const text = (selector: string): string => one(selector)?.textContent ?? '';
    const described = (element: Element): string => {
      const attributes = [...element.attributes].map(({ name, value }) => `${name}=${value}`);
      const own = element.childElementCount === 0 ? (element.textContent ?? '') : '';
      return [element.localName, ...attributes.sort(), own].join(' ');
    };
    return {
      stage: [...(one('section[aria-label=Stage]')?.querySelectorAll('*') ?? [])].map(described),
      stageText: text('section[aria-label=Stage]'),
      inspector: text('section[aria-label=Inspector]'),
      said: text('[role=status]') + text('[role=alert]'),
      slider: one('input[type=range]')?.getAttribute('aria-valuetext') ?? '',
    };
  });

/** By how many pixels the page is wider than its window. */
export const tooWideBy = (page: Page): Promise<number> =>
  page.evaluate(() => Math.max(0, document.documentElement.scrollWidth - innerWidth));
