// Finds a Chromium that Playwright can drive. `node scripts/find-chromium.mjs` prints its path;
// with --install it installs one if there is none. Used by playwright.config.ts too.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';

const NAMES = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chrome',
  'microsoft-edge',
];
const FIXED = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

const onPath = (n) =>
  (process.env.PATH ?? '')
    .split(delimiter)
    .map((d) => join(d, n))
    .find((p) => existsSync(p));

/** @returns {{ path: string, from: string } | undefined} */
export function findChromium() {
  const env = process.env.CHROMIUM_PATH;
  if (env) {
    if (!existsSync(env)) throw new Error(`CHROMIUM_PATH is set to ${env}, but no file is there.`);
    return { path: env, from: 'CHROMIUM_PATH' };
  }
  const own = chromium.executablePath();
  if (own && existsSync(own)) return { path: own, from: "Playwright's own" };
  for (const n of NAMES) {
    const p = onPath(n);
    if (p) return { path: p, from: 'PATH' };
  }
  const p = FIXED.find((f) => existsSync(f));
  return p ? { path: p, from: 'usual place' } : undefined;
}

const HELP = `No Chromium found, and none could be installed.
Do one of these, then run again:
  npx playwright install --with-deps chromium     (needs the internet)
  sudo apt-get install -y chromium                (Debian; on Ubuntu use the line above)
  CHROMIUM_PATH=/path/to/chrome npm test          (any Chromium, Chrome or Edge you have)`;

const run = (cmd, args, timeout) => {
  console.error(`> ${cmd} ${args.join(' ')}`);
  const r = spawnSync(cmd, args, {
    stdio: ['ignore', 2, 2],
    timeout,
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    shell: process.platform === 'win32',
  });
  return r.status === 0;
};

function install() {
  const root = process.getuid?.() === 0;
  // Debian ships a real chromium package; Ubuntu's is a snap stub, so there Playwright's own comes first.
  const debian =
    root &&
    onPath('apt-get') &&
    existsSync('/etc/debian_version') &&
    !existsSync('/etc/lsb-release');
  const steps = [
    () =>
      run('npx', ['playwright', 'install', 'chromium', ...(root ? ['--with-deps'] : [])], 240_000),
    () =>
      root &&
      !!onPath('apt-get') &&
      run('apt-get', ['update', '-q'], 120_000) &&
      run(
        'apt-get',
        ['install', '-y', '-q', '--no-install-recommends', 'chromium', 'fonts-liberation'],
        300_000,
      ),
  ];
  if (debian) steps.reverse();
  for (const s of steps) {
    s();
    const f = findChromium();
    if (f) return f;
  }
  return undefined;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const f = findChromium() ?? (process.argv.includes('--install') ? install() : undefined);
  if (!f) {
    console.error(HELP);
    process.exit(1);
  }
  const v = spawnSync(f.path, ['--version'], { encoding: 'utf8' }).stdout?.trim();
  console.error(`Chromium: ${f.path} (${f.from}) ${v ?? ''}`);
  console.log(f.path);
}
