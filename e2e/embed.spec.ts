// Sealed in a frame of another origin: no chrome, steered by its host and by nobody else, nothing kept.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from '@playwright/test';
import { controls, expect, open, STILL, test } from './app';
import { violations } from './axe';

// The host is a page of another origin: of another port.
test.use({
  ...STILL,
  foreseen: /request to elsewhere: http:\/\/127\.0\.0\.1|does not match the recipient window/,
});

interface Heard {
  readonly event: string;
  readonly origin: string;
  readonly step?: number;
  readonly hash?: string;
}

let server: Server;
let origin = '';
test.beforeAll(async () => {
  server = createServer(({ url = '' }, response) => {
    const source = decodeURIComponent(url.slice(2)).replaceAll('&', '&amp;');
    response.setHeader('content-type', 'text/html');
    response.end(`<!doctype html><title>host</title><link rel="icon" href="data:,">
      <iframe style="width:1000px;height:640px" src="${source}"></iframe>
      <script>heard = []; addEventListener('message', (event) => heard.push({ origin: event.origin, ...event.data }));</script>`);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  origin = `http://127.0.0.1:${port}`;
});
test.afterAll(() => {
  server.close();
});

/** A page of another origin with Sealed in a frame. */
async function host(page: Page, base: string, query: string, hash: string) {
  await page.goto(`${origin}/?${encodeURIComponent(`${base}/?${query}${hash}`)}`);
  const frame = page.frameLocator('iframe');
  await expect(frame.getByText(/Step 0 of [1-9]/)).toBeVisible({ timeout: 15_000 });
  const say = (message: unknown) =>
    page.evaluate(([m, to]) => frames[0]?.postMessage(m, to as string), [message, base] as const);
  const heard = () => page.evaluate<Heard[]>('heard');
  return { frame, say, heard };
}

test('a named host steers it, and hears where it is', async ({ page, baseURL }) => {
  const base = baseURL ?? '';
  const { frame, say, heard } = await host(
    page,
    base,
    `embed=${origin}&theme=dark&level=overview`,
    '#/sse-kms?seed=k3',
  );
  await expect(frame.getByRole('navigation')).toHaveCount(0);
  expect((await heard())[0]).toMatchObject({ event: 'ready', origin: base });
  await expect(frame.locator('html')).toHaveAttribute('data-theme', 'dark');
  await say({ sealed: 1, do: 'next' });
  await expect(frame.getByText(/Step 1 of \d+ ·/)).toBeVisible();
  await expect.poll(async () => (await heard()).at(-1)).toMatchObject({ event: 'place', step: 1 });
  expect((await heard()).at(-1)?.hash).toContain('level=overview');
  await frame.getByRole('button', { name: 'Next step' }).click();
  await expect.poll(async () => (await heard()).at(-1)?.step).toBe(2);
  await say({ sealed: 1, do: 'theme', theme: 'light' });
  await expect(frame.locator('html')).toHaveAttribute('data-theme', 'light');
  await say({ sealed: 1, do: 'open', hash: '#/sse-c?seed=k3' });
  await expect(frame.getByText(/Step 0 of \d+ · SSE-C/)).toBeVisible();
  await say({ sealed: 1, do: 'explode' });
  await expect.poll(async () => (await heard()).at(-1)?.event).toBe('refused');
  const kept = await page
    .frames()[1]
    ?.evaluate('JSON.stringify([...Object.keys(localStorage), ...Object.keys(sessionStorage)])');
  expect(kept).toBe('[]');
});

test('who is not named is neither heard nor told', async ({ page, baseURL }) => {
  const { frame, say, heard } = await host(
    page,
    baseURL ?? '',
    'embed=https://another.example',
    '#/sse-kms?seed=k3',
  );
  await say({ sealed: 1, do: 'next' });
  await frame.getByRole('button', { name: 'Next step' }).click();
  await expect(frame.getByText(/Step 1 of \d+ ·/)).toBeVisible();
  expect(await heard()).toEqual([]);
});

test('the example page works, and axe finds nothing in the frame', async ({ page }) => {
  await page.goto('/embed-example.html');
  const frame = page.frameLocator('iframe');
  await expect(frame.getByText(/Step 0 of [1-9]/)).toBeVisible({ timeout: 15_000 });
  await page.getByRole('button', { name: 'Next' }).click();
  await expect(page.getByRole('status')).toContainText('Step 1 of');
  await page.getByRole('button', { name: 'Dark' }).click();
  await expect(frame.locator('html')).toHaveAttribute('data-theme', 'dark');
  expect(await violations(page, 'example')).toEqual([]);
});

test('Share has the line', async ({ page }) => {
  await open(page, '#/sse-kms?seed=k3&step=12&level=deep');
  await controls(page).share.click();
  const line = controls(page).dialog.locator('code', { hasText: '<iframe' });
  await expect(line).toContainText('?embed#/sse-kms');
  await expect(line).toContainText('step=12');
});
