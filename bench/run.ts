// `npm run bench`: measures, and prints one table. `npm run bench -- engine` (or page, keys, length, endpoint) measures that part only.
// A figure over its target does not fail anything: the machine decides too much. What crashes does.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process, { argv, exit, stderr, stdout } from 'node:process';
import { pathToFileURL } from 'node:url';
import { build, createServer } from 'vite';
import { benchCloud } from './cloud';
import { benchKeys } from './keys';
import { type Line, machine, type Report, table } from './measure';
import { benchPage } from './page';

type TraceLength = typeof import('./trace-length');
type Engine = typeof import('./engine');

/** The player names its worker as only Vite can read it: Vite loads this part. */
async function benchLength(report: Report): Promise<void> {
  const server = await createServer({
    server: { middlewareMode: true, ws: false },
    logLevel: 'error',
  });
  try {
    const part = (await server.ssrLoadModule('/bench/trace-length.ts')) as TraceLength;
    await part.benchLength(report);
  } finally {
    await server.close();
  }
}

/** As the page loads it: built. What runs TypeScript in place names every function anew each time it is made. */
async function benchBuiltEngine(report: Report): Promise<void> {
  const outDir = mkdtempSync(join(tmpdir(), 'sealed-bench-'));
  try {
    await build({
      configFile: false,
      logLevel: 'error',
      build: { ssr: 'bench/engine.ts', outDir, target: 'es2022', minify: false },
      ssr: { noExternal: true },
    });
    const { benchEngine } = (await import(pathToFileURL(join(outDir, 'engine.js')).href)) as Engine;
    await benchEngine(report);
  } finally {
    rmSync(outDir, { recursive: true, force: true });
  }
}

const PARTS: Readonly<Record<string, (report: Report) => Promise<void>>> = {
  engine: benchBuiltEngine,
  page: benchPage,
  keys: benchKeys,
  length: benchLength,
  endpoint: benchCloud,
};

const asked = argv.slice(2);
const unknown = asked.filter((name) => !PARTS[name]);
if (unknown.length > 0) {
  stderr.write(`No part ${unknown.join(', ')}. There is: ${Object.keys(PARTS).join(', ')}.\n`);
  exit(2);
}

const lines: Line[] = [];
const report: Report = (line) => {
  lines.push(line);
  stderr.write(`  ${line.what}: ${line.figure}\n`);
};
for (const [name, measure] of Object.entries(PARTS)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  stderr.write(`Measuring: ${name} …\n`);
  try {
    await measure(report);
  } catch (error) {
    process.exitCode = 1;
    stderr.write(`${name} broke: ${(error as Error).stack}\n`);
  }
}
stdout.write(`\n${table(lines)}\n\n${machine()}\n`);
