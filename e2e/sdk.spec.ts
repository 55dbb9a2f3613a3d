// The genuine AWS SDK for JavaScript drives the engine inside a page of Chromium, as it does in Node.
import { createHash } from 'node:crypto';
import { build } from 'vite';
import { expect, test } from './app';

const DIARY = 'Dear diary';

async function bundle(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      write: false,
      lib: { entry: 'e2e/sdk/in-page.ts', formats: ['iife'], name: 'sdk', fileName: 'sdk' },
    },
  });
  const [output] = [built].flat();
  if (!output || !('output' in output)) throw new Error('the SDK was not bundled');
  return output.output[0].code;
}

test('the AWS SDK in the page stores, reads, copies and is refused', async ({ page }) => {
  const script = await bundle();
  await page.route('**/sdk-page', (route) =>
    route.fulfill({
      contentType: 'text/html',
      body: '<!doctype html><html lang="en"><title>SDK</title><link rel="icon" href="data:,"><script src="/sdk.js"></script></html>',
    }),
  );
  await page.route('**/sdk.js', (route) =>
    route.fulfill({ contentType: 'text/javascript; charset=utf-8', body: script }),
  );
  await page.goto('/sdk-page');
  const key = Buffer.from('0123456789abcdef0123456789abcdef');
  const customerKey = {
    base64: key.toString('base64'),
    md5: createHash('md5').update(key).digest('base64'),
  };
  const found = await page.evaluate(
    (own) => (window as unknown as { sdk: typeof import('./sdk/in-page') }).sdk.runSdk(own),
    customerKey,
  );
  expect(found).toEqual({
    read: { 'SSE-S3': DIARY, 'SSE-KMS': DIARY, 'DSSE-KMS': DIARY, 'SSE-C': DIARY },
    copyUnder: 'AES256',
    keys: ['DSSE-KMS', 'SSE-C', 'SSE-KMS', 'SSE-S3', 'today.txt'],
    sameKey: true,
    disabled: '400 KMS.DisabledException',
    disabledText: 'KEY is disabled.',
  });
});
