// Requests that are sent to the endpoint play on the stage as they arrive; one can step back, and return to them.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import {
  CreateBucketCommand,
  GetObjectCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import AxeBuilder from '@axe-core/playwright';
import { test as base, expect } from '@playwright/test';
import { controls, STILL, watch } from './app';

interface Endpoint {
  readonly url: string;
  readonly s3: S3Client;
  readonly process: ChildProcess;
}

async function start(port = 0): Promise<Endpoint> {
  const args = ['--import', 'tsx', 'e2e/live-endpoint.ts', String(port)];
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  const { url, accessKeyId, secretAccessKey } = JSON.parse(line);
  const credentials = { accessKeyId, secretAccessKey };
  const settings = { endpoint: url, forcePathStyle: true, region: 'eu-west-1', maxAttempts: 1 };
  return { url, s3: new S3Client({ ...settings, credentials }), process: child };
}

async function stop({ process: child, s3 }: Endpoint): Promise<void> {
  s3.destroy();
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.stdin?.end();
  await exit;
}

const test = base.extend<{ endpoint: Endpoint; troubles: string[] }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from here
  endpoint: async ({}, use) => {
    const endpoint = await start();
    await use(endpoint);
    await stop(endpoint);
  },
  troubles: async ({ page, endpoint }, use) => {
    const troubles: string[] = [];
    watch(page, troubles, endpoint.url);
    await use(troubles);
  },
});
test.use(STILL);

const bucket = new CreateBucketCommand({
  Bucket: 'diary',
  CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' },
});
const put = new PutObjectCommand({
  Bucket: 'diary',
  Key: 'today.txt',
  Body: 'Dear diary',
  ServerSideEncryption: 'aws:kms',
});

test('requests play as they arrive, and can be gone back over', async ({
  page,
  endpoint,
  troubles,
}) => {
  const c = controls(page);
  const request = (name: RegExp) =>
    page.getByRole('list', { name: 'Requests' }).getByRole('button', { name });
  await page.goto(`${endpoint.url}/_sealed/page/?live`);
  await expect(page.getByRole('heading', { name: 'Waiting for a request' })).toBeVisible();
  await expect(page.locator('pre')).toContainText('aws s3 cp today.txt');

  await endpoint.s3.send(bucket);
  await expect(c.stage).toContainText('You ask S3: CreateBucket.');
  await expect(request(/CreateBucket 200/)).toHaveAttribute('aria-current', 'true');

  // While the first is on the stage, others arrive and wait for their turn.
  await endpoint.s3.send(put);
  const missing = new GetObjectCommand({ Bucket: 'diary', Key: 'none' });
  await endpoint.s3.send(missing).catch(() => {});
  await expect(request(/GetObject 404/)).toBeVisible();
  await expect(request(/PutObject 200/)).toHaveAttribute('aria-current', 'true', {
    timeout: 20_000,
  });

  await page.getByRole('button', { name: 'Previous step' }).click();
  await expect(page.getByRole('button', { name: 'Back to live' })).toBeVisible();
  await c.slider.press('End');
  await expect(c.stage).toContainText('S3 answers you: PutObject is done.');
  await c.tab('Log').click();
  await expect(c.inspector).toContainText('GenerateDataKey');
  await c.tab('Bytes').click();
  const axe = await new AxeBuilder({ page }).analyze();
  expect(axe.violations.map(({ id }) => id)).toEqual([]);

  await page.getByRole('button', { name: 'Back to live' }).click();
  await expect(request(/GetObject 404/)).toHaveAttribute('aria-current', 'true');
  await expect(page.getByRole('button', { name: 'Following' })).toBeVisible();
  expect(troubles).toEqual([]);
});

test('an endpoint that ends and comes back is said to', async ({ page, endpoint }) => {
  await endpoint.s3.send(bucket);
  await page.goto(`${endpoint.url}/_sealed/page/?live`);
  await expect(page.getByText('You ask S3: CreateBucket.').first()).toBeVisible();
  const { port } = new URL(endpoint.url);
  const exit = once(endpoint.process, 'exit');
  endpoint.process.kill('SIGKILL');
  await exit;
  await expect(page.getByText('does not answer')).toBeVisible();
  const again = await start(Number(port));
  await expect(page.getByRole('heading', { name: 'The endpoint was started again.' })).toBeVisible({
    timeout: 20_000,
  });
  await stop(again);
});

test('is for this machine only', async ({ request, endpoint }) => {
  const headers = { host: 'evil.example' };
  const answer = await request.get(`${endpoint.url}/_sealed/live/events`, { headers });
  expect(answer.status()).toBe(403);
  const foreign = { origin: 'http://evil.example' };
  const listening = await request.get(`${endpoint.url}/_sealed/live/events`, { headers: foreign });
  expect(listening.status()).toBe(404);
  const outside = await request.get(`${endpoint.url}/_sealed/page/..%2f..%2fpackage.json`);
  expect(outside.status()).toBe(404);
});
