// Who may import whom, and what the engine may not touch: reads every source file of src/, cloud/ and e2e/ and fails with
// file:line, the rule and the reason. It shares nothing with the linter or the compiler, which enforce the same.
import { readdirSync, readFileSync } from 'node:fs';
import { posix, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSync } from 'vite';

/** Per room of src/: which other rooms it sees, as values or as types only, and which packages. */
const ROOMS = {
  sim: {
    sees: {},
    packages: [
      '@aws-sdk/crc64-nvme',
      '@noble/hashes',
      '@scure/base',
      'crc-32',
      'micro-rsa-dsa-dh',
      'fast-xml-parser',
    ],
  },
  flows: { sees: { sim: 'values', words: 'types' }, packages: [] },
  player: { sees: { flows: 'values', sim: 'types' }, packages: ['zustand', '@scure/base'] },
  components: {
    sees: { player: 'values', flows: 'values', sim: 'types', words: 'values' },
    packages: [
      'react',
      'react-dom',
      'react-i18next',
      'framer-motion',
      '@radix-ui',
      '@scure/base',
      'jsonc-parser',
      'dom-accessibility-api',
    ],
  },
  words: { sees: {}, packages: ['i18next', 'react-i18next'] },
  main: {
    sees: { components: 'values', player: 'values', words: 'values' },
    packages: ['react', 'react-dom', '@fontsource-variable'],
  },
};
/** The worker is where the page and the engine meet; it alone runs labs. One file of the engine knows the AWS SDK's signing library, one of the labs a zip library. */
const WORKER = 'src/player/engine.worker.ts';
const LABS = 'src/flows/labs';
const EXCEPTIONS = {
  'src/sim/signature-v4/verifier.ts': {
    sees: {},
    packages: [...ROOMS.sim.packages, '@smithy/signature-v4'],
  },
  'src/flows/labs/archive.ts': { sees: ROOMS.flows.sees, packages: ['fflate'] },
  [WORKER]: { sees: { flows: 'values', sim: 'values' }, packages: [] },
};
/** The endpoint, beside src/: Node and the faces of these rooms. */
const CLOUD = {
  faces: {
    sim: ['', 'index', 'types', 'outside'],
    flows: ['', 'index', 'types', 'export', 'export/index'],
    words: ['', 'index', 'all'],
  },
  packages: ['selfsigned', 'crc-32'],
};
const ARROWS = 'main -> components -> player -> flows -> sim';

const TIME = 'time comes from the desk: use desk.now()';
const DATES =
  'time comes from the desk: use desk.now(); dates are made and written in src/sim/clock.ts';
const RANDOM = 'randomness comes from the desk: use desk.random(length)';
const WAIT = 'nothing waits here: the clock is moved, see src/sim/clock.ts';
const NET = 'the network is the desk: use desk.send()';
const PAGE = 'the engine and the flows know no page and no worker';
const MEMORY = 'memory is the desk: use desk.holds() and desk.forgets()';
const WEBCRYPTO = `globalThis.crypto.subtle belongs to src/sim/crypto; ${RANDOM}`;
const AMBIENT = new Map(
  Object.entries({
    [TIME]: 'performance',
    [WAIT]:
      'setTimeout setInterval setImmediate queueMicrotask requestAnimationFrame requestIdleCallback',
    [NET]:
      'fetch XMLHttpRequest WebSocket EventSource BroadcastChannel postMessage Request Response Headers',
    [PAGE]: 'document window self location history navigator',
    [MEMORY]: 'localStorage sessionStorage indexedDB caches',
    'nothing here may depend on the machine or its language': 'Intl process',
  }).flatMap(([why, names]) => names.split(' ').map((name) => [name, why])),
);

const isTest = (path) => /\.test\.tsx?$/.test(path);
const roomOf = (path) => {
  const [, room, ...rest] = path.split('/');
  return rest.length ? room : 'main';
};
const within = (name, list) => list.some((item) => name === item || name.startsWith(`${item}/`));

/** Calls visit(node, parents) for every node of the syntax tree; the nearest parent comes first. */
function walk(node, visit, parents = []) {
  if (!node || typeof node !== 'object') return;
  if (Array.isArray(node)) {
    for (const item of node) walk(item, visit, parents);
    return;
  }
  if (typeof node.type === 'string') {
    visit(node, parents);
    parents = [node, ...parents];
  }
  for (const key in node) if (key !== 'parent') walk(node[key], visit, parents);
}

/** The rule that an import of `target` by the file `path` breaks, if any. */
function judgeImport(path, target, typeOnly, names) {
  const zone = EXCEPTIONS[path] ?? ROOMS[roomOf(path)];
  const bare = target.replace(/[?#].*$/, '');
  if (!bare.startsWith('.')) {
    if (!within(bare, zone.packages)) {
      const list = zone.packages.join(', ') || 'no package';
      return ['packages', `'${bare}': ${roomOf(path)} may import ${list}`];
    }
    if (bare === 'framer-motion' && names.some((name) => ['motion', '*', 'default'].includes(name)))
      return ['packages', 'use m from framer-motion/m, inside LazyMotion'];
    if (bare.startsWith('framer-motion/') && bare !== 'framer-motion/m')
      return ['packages', `'${bare}': only framer-motion and framer-motion/m`];
    return undefined;
  }

  const file = posix.join(posix.dirname(path), bare).replace(/\/$/, '');
  if (file !== 'src' && !file.startsWith('src/')) return ['rooms', `'${target}' is outside src`];
  if (isTest(file) || isTest(`${file}.ts`)) return ['rooms', `'${target}' is a test`];
  const from = roomOf(path);
  const isFolder = ROOMS[posix.basename(file)] && posix.dirname(file) === 'src';
  const to = isFolder ? posix.basename(file) : roomOf(file);
  if (to === from) return undefined;
  if (!ROOMS[to]) return ['rooms', `'${target}' leads to no room`];

  const allowed = zone.sees[to];
  if (!allowed) return ['arrows', `${from} may not import ${to}: ${ARROWS}`];
  const inside = file.slice(`src/${to}/`.length).replace(/\.tsx?$/, '');
  const catalogue = to === 'words' && typeOnly && /^[\w-]+\.json$/.test(inside);
  const isLab = file === LABS && (typeOnly || path === WORKER || path.includes('/testing/'));
  if (!['', 'index', 'types'].includes(inside) && !catalogue && !isLab)
    return [
      'faces',
      `'${target}' reaches past the face of ${to}: import src/${to} or its types.ts`,
    ];
  if (allowed === 'types' && !typeOnly)
    return ['arrows', `${from} may import only types of ${to}: use \`import type\``];
  return undefined;
}

/** The same for a file of the endpoint. */
function judgeCloudImport(path, target) {
  if (!target.startsWith('.')) {
    const allowed = target.startsWith('node:') || within(target, CLOUD.packages);
    const list = ['node:*', ...CLOUD.packages].join(', ');
    return allowed ? undefined : ['packages', `'${target}': cloud may import ${list}`];
  }
  const file = posix.join(posix.dirname(path), target).replace(/\/$/, '');
  if (file.startsWith('cloud/')) return undefined;
  if (!file.startsWith('src/')) return ['rooms', `'${target}' is outside cloud and src`];
  const room = file.split('/')[1];
  const faces = CLOUD.faces[room];
  if (!faces)
    return ['arrows', `cloud may not import ${room}: it sees ${Object.keys(CLOUD.faces)}`];
  return faces.includes(file.slice(`src/${room}/`.length))
    ? undefined
    : ['faces', `'${target}' reaches past the face of ${room}`];
}

/** Every import of a syntax tree: its target, or undefined when it is computed; whether it is types only; its names. */
function importsOf(program) {
  const found = [];
  const text = (node) =>
    node?.type === 'TemplateLiteral' && node.expressions.length === 0
      ? node.quasis[0].value.cooked
      : node?.type === 'Literal' && typeof node.value === 'string'
        ? node.value
        : undefined;
  const add = (node, source, typeOnly, names = []) =>
    found.push({ start: node.start, target: text(source), typeOnly, names });
  const isMeta = (node) => node?.type === 'MetaProperty' && node.meta.name === 'import';

  walk(program, (node) => {
    if (node.type === 'ImportDeclaration') {
      const names = node.specifiers.map((one) =>
        one.type === 'ImportSpecifier'
          ? (one.imported.name ?? one.imported.value)
          : one.type === 'ImportDefaultSpecifier'
            ? 'default'
            : '*',
      );
      add(node, node.source, node.importKind === 'type', names);
    } else if (node.type === 'ExportNamedDeclaration' && node.source) {
      const names = node.specifiers.map((one) => one.local.name ?? one.local.value);
      add(node, node.source, node.exportKind === 'type', names);
    } else if (node.type === 'ExportAllDeclaration') {
      add(node, node.source, node.exportKind === 'type', ['*']);
    } else if (node.type === 'ImportExpression') {
      add(node, node.source, false);
    } else if (node.type === 'TSImportType') {
      add(node, node.source ?? node.argument?.literal ?? node.argument, true);
    } else if (node.type === 'NewExpression' && node.callee.name === 'URL') {
      const base = node.arguments[1];
      if (base?.type === 'MemberExpression' && isMeta(base.object))
        add(node, node.arguments[0], false);
    } else if (
      node.type === 'MemberExpression' &&
      isMeta(node.object) &&
      node.property.name?.startsWith('glob')
    ) {
      add(node, undefined, false);
    }
  });
  return found;
}

const keyOf = (member) => (member.computed ? member.property.value : member.property.name);

/** The ambient name that a node of the engine's syntax tree touches, and why not. */
function judgeAmbient(path, node, [parent, grandparent]) {
  if (node.type !== 'Identifier' || !parent) return undefined;
  const { name } = node;
  const isMemberKey =
    (parent.type === 'MemberExpression' && parent.property === node && !parent.computed) ||
    ('key' in parent && parent.key === node && !parent.computed && !parent.shorthand);
  const isTypeOrLabel =
    (parent.type.startsWith('TS') &&
      !/^TS(As|Satisfies|NonNull|TypeAssertion)/.test(parent.type)) ||
    /^(Import|Export|Labeled|Break|Continue)/.test(parent.type);
  if (isMemberKey || isTypeOrLabel) return undefined;

  const key = parent.type === 'MemberExpression' && parent.object === node ? keyOf(parent) : '';
  if (name === 'Math' && (key === 'random' || !key)) return ['Math.random', RANDOM];
  if (name === 'Date') {
    const reads = key === 'now' || (parent.type === 'NewExpression' && !parent.arguments.length);
    const calls = parent.type === 'CallExpression';
    if (path === 'src/sim/clock.ts' && !reads && !calls) return undefined;
    return [key ? `Date.${key}` : 'Date', DATES];
  }
  const atWork = path.startsWith('src/sim/crypto/');
  if (name === 'crypto') return atWork && key === 'subtle' ? undefined : ['crypto', WEBCRYPTO];
  if (name === 'globalThis') {
    const subtle =
      key === 'crypto' && grandparent?.object === parent && keyOf(grandparent) === 'subtle';
    return atWork && subtle ? undefined : ['globalThis', key === 'crypto' ? WEBCRYPTO : PAGE];
  }
  const why = AMBIENT.get(name);
  return why ? [name, why] : undefined;
}

/** Every name the file declares itself (variables, parameters, imports, functions). A name declared is not ambient. */
function declaredIn(program) {
  const names = new Set();
  const bind = (pattern) => {
    if (!pattern) return;
    if (pattern.type === 'Identifier') names.add(pattern.name);
    else if (pattern.type === 'ObjectPattern')
      for (const one of pattern.properties) bind(one.value ?? one.argument);
    else if (pattern.type === 'ArrayPattern') pattern.elements.forEach(bind);
    else bind(pattern.left ?? pattern.argument ?? pattern.parameter);
  };
  walk(program, (node) => {
    if (node.type === 'VariableDeclarator') bind(node.id);
    else if (/^Import.*Specifier$/.test(node.type)) bind(node.local);
    else if (/Function|^Class/.test(node.type)) {
      if (node.id) bind(node.id);
      if (Array.isArray(node.params)) node.params.forEach(bind);
    } else if (node.type === 'CatchClause') bind(node.param);
  });
  return names;
}

/** The broken rules of one file. `path` is relative to the project, with forward slashes. */
export function check(path, code) {
  const { program, errors } = parseSync(path, code);
  const problems = [];
  const report = (start, rule, reason) =>
    problems.push({ path, line: code.slice(0, start).split('\n').length, rule, reason });
  if (errors.length) report(0, 'syntax', errors[0].message);

  const imports = importsOf(program);
  if (path.startsWith('e2e/')) {
    for (const { start, target } of imports)
      if (target?.startsWith('.') && /^src(\/|$)/.test(posix.join(posix.dirname(path), target)))
        report(start, 'e2e', 'e2e sees the app as a reader does: nothing from src');
    return problems;
  }
  if (isTest(path)) return problems;
  if (path.startsWith('cloud/')) {
    // What only tests use may reach further.
    if (path.startsWith('cloud/testing/')) return problems;
    for (const { start, target } of imports) {
      const broken =
        target === undefined
          ? ['imports', 'an import must name its file in plain text']
          : judgeCloudImport(path, target);
      if (broken) report(start, ...broken);
    }
    return problems;
  }
  if (!ROOMS[roomOf(path)]) {
    report(0, 'rooms', `src/${roomOf(path)} is no room: the rooms are ${Object.keys(ROOMS)}`);
    return problems;
  }

  for (const { start, target, typeOnly, names } of imports) {
    const broken =
      target === undefined
        ? ['imports', 'an import must name its file in plain text']
        : judgeImport(path, target, typeOnly, names);
    if (broken) report(start, ...broken);
  }
  if (['sim', 'flows'].includes(roomOf(path))) {
    const declared = declaredIn(program);
    walk(program, (node, parents) => {
      const touched = declared.has(node.name) ? undefined : judgeAmbient(path, node, parents);
      if (touched) report(node.start, 'ambient', `${touched[0]}: ${touched[1]}`);
    });
  }
  return problems;
}

function main() {
  const files = ['src', 'cloud', 'e2e'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.[cm]?[jt]sx?$/.test(entry.name))
      .map((entry) =>
        posix.join((entry.parentPath ?? entry.path).replaceAll('\\', '/'), entry.name),
      ),
  );
  const problems = files.flatMap((file) => check(file, readFileSync(file, 'utf8')));
  for (const { path, line, rule, reason } of problems)
    console.error(`${path}:${line}  [${rule}] ${reason}`);
  console.log(`imports: ${files.length} files, ${problems.length} broken rules`);
  if (problems.length) process.exitCode = 1;
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) main();
