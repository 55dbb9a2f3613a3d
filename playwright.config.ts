import { defineConfig, devices } from '@playwright/test';
import { findChromium } from './scripts/find-chromium.mjs';

const CI = Boolean(process.env.CI);
const port = Number(process.env.E2E_PORT ?? 4173); // `npm test` picks a free one
const address = `http://127.0.0.1:${port}`;
const found = findChromium();

const chromiumArgs = [
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), // Chromium's sandbox does not start as root
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--font-render-hinting=none',
  '--force-color-profile=srgb',
];

export default defineConfig({
  testDir: 'e2e',
  fullyParallel: true,
  forbidOnly: CI,
  retries: CI ? 1 : 0, // one that passes the second time is told as flaky
  timeout: 60_000, // a busy machine with two cores is several times slower than a quiet one
  workers: 2,
  ...(CI ? { globalTimeout: 25 * 60_000 } : {}),
  reporter: [['line'], ['json', { outputFile: process.env.E2E_REPORT ?? 'test-results/e2e.json' }]],
  use: {
    baseURL: address,
    locale: 'en-US',
    serviceWorkers: 'block', // each test is a first visit; e2e/offline.spec.ts lets them in
    timezoneId: 'UTC',
    trace: { mode: 'retain-on-failure', screenshots: false }, // filming every test slows all of them
    screenshot: 'only-on-failure',
  },
  projects: [
    {
      name: 'chromium',
      use: {
        ...devices['Desktop Chrome'],
        launchOptions: { ...(found ? { executablePath: found.path } : {}), args: chromiumArgs },
      },
    },
  ],
  webServer: {
    command: `node scripts/serve.mjs --port ${port} --strict`,
    url: address,
    reuseExistingServer: false, // whatever else listens there is not known to be this build
    timeout: 60_000,
  },
});
