// Size budgets of the build in dist/, gzip: what the first view loads (scripts, style sheets and all that they import
// statically), and each chunk that is loaded later. Fonts aside. Prints every chunk; needs nothing beyond Node.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { gzipSync } from 'node:zlib';

const FIRST_VIEW_KB = 140;
const WORKER_KB = 80;
const LAZY_KB = 60;

if (!existsSync('dist/index.html')) {
  console.error('There is no dist/ yet. Run `npm run build` first.');
  process.exit(1);
}
const read = (file) => readFileSync(`dist/${file}`);
const zipped = (file) => gzipSync(read(file), { level: 9 }).length / 1000;

/** What a file loads at once, as paths inside dist/. */
function loads(file) {
  const text = read(file).toString();
  const pattern = file.endsWith('.html')
    ? /<(?:script|link)\b[^>]*?\b(?:src|href)="([^"]+\.(?:js|css))"/g
    : /\b(?:from|import)\s*["']([^"']+\.js)["']/g; // not import(): that is later
  return [...text.matchAll(pattern)]
    .map(([, target]) => posix.join(posix.dirname(file), target))
    .filter((target) => existsSync(`dist/${target}`));
}

const first = new Set();
const visit = (file) => {
  if (first.has(file)) return;
  first.add(file);
  if (!file.endsWith('.css')) loads(file).forEach(visit);
};
loads('index.html').forEach(visit);

const all = readdirSync('dist', { recursive: true })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => /\.(js|css)$/.test(file))
  .map((file) => ({ file, kb: zipped(file) }))
  .sort((a, b) => b.kb - a.kb);

const problems = [];
const line = (name, kb, budget) => {
  const over = budget !== undefined && kb > budget;
  const note = budget === undefined ? '' : `  of ${budget} kB${over ? '  TOO BIG' : ''}`;
  console.log(`  ${kb.toFixed(1).padStart(6)} kB  ${name}${note}`);
  if (over) problems.push(name);
};

console.log('First view');
const view = all.filter(({ file }) => first.has(file));
for (const { file, kb } of view) line(file, kb);
if (!view.some(({ file }) => file.endsWith('.js'))) problems.push('no script in the first view');
const total = view.reduce((sum, { kb }) => sum + kb, 0);
line('first view in all', total, FIRST_VIEW_KB);

console.log('Later');
for (const { file, kb } of all)
  if (!first.has(file)) line(file, kb, /worker/.test(file) ? WORKER_KB : LAZY_KB);

if (problems.length) {
  console.error(`Over budget: ${problems.join(', ')}`);
  process.exit(1);
}
