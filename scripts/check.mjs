// `npm test`: every check in order, from the lockfile to the browser, stopping at the first that fails. The last line
// says how many tests passed, or which check failed and how to run it alone.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const scratch = mkdtempSync(join(tmpdir(), 'sealed-check-'));
process.on('exit', () => rmSync(scratch, { recursive: true, force: true }));
const unitReport = join(scratch, 'unit.json');
const e2eReport = join(scratch, 'e2e.json');

/** [heading, npm script, its extra arguments, where its count of tests is] */
const CHECKS = [
  ['Lockfile', 'lock'],
  ['Types', 'typecheck'],
  ['Lint and format', 'lint'],
  ['Import rules', 'imports'],
  ['Dead code', 'deadcode'],
  [
    'Unit tests',
    'unit',
    ['--reporter=default', '--reporter=json', `--outputFile.json=${unitReport}`],
    () => {
      const { numPassedTests: passed, numFailedTests: failed } = readJson(unitReport);
      return { passed, failed };
    },
  ],
  ['AWS clients', 'clients'],
  ['Build', 'build'],
  ['Size budget', 'size'],
  ['Browser', 'browser'],
  [
    'End to end',
    'e2e',
    [],
    () => {
      const { expected: passed, unexpected, flaky } = readJson(e2eReport).stats;
      return { passed: passed + flaky, failed: unexpected, flaky };
    },
  ],
];

const readJson = (file) => JSON.parse(readFileSync(file, 'utf8'));
const seconds = (since) => `${((performance.now() - since) / 1000).toFixed(1)} s`;

const freePort = () =>
  new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });

const env = { ...process.env, E2E_PORT: String(await freePort()), E2E_REPORT: e2eReport };
const tally = { passed: 0, failed: 0 };
const summary = [];
const start = performance.now();

for (const [index, [heading, script, args = [], count]] of CHECKS.entries()) {
  console.log(`\n=== ${index + 1}/${CHECKS.length} ${heading} (npm run ${script})`);
  const since = performance.now();
  let { status } = spawnSync('npm', ['run', '--silent', script, '--', ...args], {
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
    env,
  });
  const took = seconds(since);
  let tests = '';
  try {
    const counted = count?.();
    if (counted) {
      tally.passed += counted.passed;
      tally.failed += counted.failed;
      tests = `${counted.passed} passed, ${counted.failed} failed`;
      if (counted.flaky) tests += `, ${counted.flaky} of them only when tried again`;
    }
  } catch {
    tests = 'no count of tests'; // it ended before it could write one
    status ||= 1;
  }
  console.log(`--- ${heading}: ${status === 0 ? 'ok' : 'FAILED'}, ${took}`);
  summary.push([heading, status === 0 ? 'ok' : 'FAILED', took, tests]);
  if (status !== 0) {
    printSummary();
    console.error(`${heading} failed. Run it alone with: npm run ${script}`);
    process.exit(1);
  }
}
printSummary();

function printSummary() {
  console.log(`\nSummary, ${seconds(start)} in all`);
  for (const [heading, result, took, tests] of summary)
    console.log(
      `  ${heading.padEnd(16)} ${result.padEnd(7)} ${took.padStart(8)}   ${tests}`.trimEnd(),
    );
  if (tally.passed + tally.failed) console.log(`${tally.passed} passed, ${tally.failed} failed`);
}
