// `npm run bench`: measures, and prints one table. `npm run bench -- engine` (or page, length) measures that part only.
// A figure over its target does not fail anything: the machine decides too much. What crashes does.
import { argv, exit, stderr, stdout } from 'node:process';
import { benchEngine } from './engine';
import { type Line, machine, table } from './measure';

const PARTS: Readonly<Record<string, () => Promise<readonly Line[]>>> = {
  engine: benchEngine,
};

const asked = argv.slice(2);
const unknown = asked.filter((name) => !PARTS[name]);
if (unknown.length > 0) {
  stderr.write(`No part ${unknown.join(', ')}. There is: ${Object.keys(PARTS).join(', ')}.\n`);
  exit(2);
}

const lines: Line[] = [];
for (const [name, measure] of Object.entries(PARTS)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  stderr.write(`Measuring: ${name} …\n`);
  lines.push(...(await measure()));
}
stdout.write(`\n${table(lines)}\n\n${machine()}\n`);
