// Every rule of the rooms, broken on purpose: the import check must see it and, where the linter has the same rule,
// the linter too (a small project with the snippets and the real biome.json is written to a temporary folder).
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { check } from './check-imports.mjs';

const LINT_TOO = true;
const BEYOND_THE_LINTER = false;

const BROKEN = [
  // Arrows
  ['src/sim/a.ts', "import { f } from '../flows';", 'arrows', LINT_TOO],
  ['src/sim/kms/a.ts', "import type { F } from '../../flows';", 'arrows', LINT_TOO],
  ['src/sim/a.ts', "export * from '../player/store';", 'arrows', LINT_TOO],
  ['src/sim/a.ts', "export type A = import('../components').A;", 'arrows', BEYOND_THE_LINTER],
  ['src/sim/a.ts', "import en from '../words/en.json';", 'arrows', LINT_TOO],
  ['src/flows/a.ts', "const p = await import('../player');", 'arrows', LINT_TOO],
  ['src/flows/a.ts', 'const p = await import(`../components`);', 'arrows', BEYOND_THE_LINTER],
  ['src/flows/a.ts', "import { t } from '../words';", 'arrows', BEYOND_THE_LINTER],
  ['src/player/a.ts', "import { App } from '../components';", 'arrows', LINT_TOO],
  ['src/player/a.ts', "import { putObject } from '../sim';", 'arrows', BEYOND_THE_LINTER],
  ['src/player/a.ts', "import { type Step } from '../sim';", 'arrows', BEYOND_THE_LINTER],
  ['src/player/a.ts', "export { putObject } from '../sim';", 'arrows', BEYOND_THE_LINTER],
  ['src/player/a.ts', "new URL('../sim/index.ts', import.meta.url);", 'arrows', BEYOND_THE_LINTER],
  ['src/components/a.tsx', "import '../main';", 'arrows', LINT_TOO],
  ['src/components/a.tsx', "import { ACTORS } from '../sim/types';", 'arrows', BEYOND_THE_LINTER],
  ['src/words/index.ts', "import type { Step } from '../sim';", 'arrows', LINT_TOO],
  ['src/main.tsx', "import { flows } from './flows';", 'arrows', LINT_TOO],
  // Faces
  ['src/flows/a.ts', "import { kms } from '../sim/kms/kms';", 'faces', LINT_TOO],
  ['src/flows/deep/a.ts', "import type { Kms } from '../../sim/kms';", 'faces', LINT_TOO],
  ['src/player/a.ts', "import { put } from '../flows/put';", 'faces', LINT_TOO],
  ['src/components/a/b.tsx', "import { store } from '../../player/store';", 'faces', LINT_TOO],
  ['src/components/a.tsx', "import en from '../words/en.json';", 'faces', LINT_TOO],
  [
    'src/components/a.tsx',
    "import w from '../player/engine.worker?worker&url';",
    'faces',
    LINT_TOO,
  ],
  ['src/main.tsx', "import { App } from './components/app';", 'faces', LINT_TOO],
  // Packages
  ['src/sim/a.ts', "import { useState } from 'react';", 'packages', LINT_TOO],
  ['src/sim/a.ts', "import { readFileSync } from 'node:fs';", 'packages', LINT_TOO],
  ['src/sim/a.ts', "import x from '@noble/hashes-not';", 'packages', LINT_TOO],
  ['src/sim/a.ts', "import { SignatureV4 } from '@smithy/signature-v4';", 'packages', LINT_TOO],
  ['src/flows/a.ts', "import { sha256 } from '@noble/hashes/sha2.js';", 'packages', LINT_TOO],
  ['src/player/a.ts', "import { m } from 'framer-motion';", 'packages', LINT_TOO],
  [
    'src/player/engine.worker.ts',
    "import { create } from 'zustand';",
    'packages',
    BEYOND_THE_LINTER,
  ],
  ['src/components/a.tsx', "import { create } from 'zustand';", 'packages', LINT_TOO],
  ['src/components/a.tsx', "import { motion } from 'framer-motion';", 'packages', LINT_TOO],
  ['src/components/a.tsx', "import { motion as x } from 'framer-motion';", 'packages', LINT_TOO],
  ['src/components/a.tsx', "import * as f from 'framer-motion';", 'packages', BEYOND_THE_LINTER],
  ['src/components/a.tsx', "import * as motion from 'framer-motion/client';", 'packages', LINT_TOO],
  ['src/words/index.ts', "import React from 'react';", 'packages', LINT_TOO],
  // Everything else about imports
  ['src/sim/a.ts', "import pkg from '../../package.json';", 'rooms', BEYOND_THE_LINTER],
  ['src/sim/a.ts', "import { x } from './a.test';", 'rooms', BEYOND_THE_LINTER],
  ['src/attic/a.ts', 'export const a = 1;', 'rooms', BEYOND_THE_LINTER],
  ['src/sim/a.ts', 'export const load = (n) => import(n);', 'imports', BEYOND_THE_LINTER],
  ['src/flows/a.ts', "import.meta.glob('../sim/**/*.ts');", 'imports', BEYOND_THE_LINTER],
  ['e2e/a.spec.ts', "import { flows } from '../src/flows';", 'e2e', LINT_TOO],
  ['e2e/parts/a.ts', "import type { Step } from '../../src/sim';", 'e2e', LINT_TOO],
  // The endpoint
  ['cloud/a.ts', "import { player } from '../src/player';", 'arrows', LINT_TOO],
  ['cloud/a/b.ts', "import type { App } from '../../src/components';", 'arrows', LINT_TOO],
  ['cloud/a.ts', "import { createS3 } from '../src/sim/s3/s3';", 'faces', LINT_TOO],
  ['cloud/a.ts', "import { stories } from '../src/flows/stories';", 'faces', LINT_TOO],
  ['cloud/a.ts', "import express from 'express';", 'packages', LINT_TOO],
  ['cloud/a.ts', "import { asText } from '../scripts/trace-output';", 'rooms', LINT_TOO],
  ['src/sim/a.ts', "import { createCloud } from '../../cloud/engine';", 'rooms', BEYOND_THE_LINTER],
  ['src/flows/a.ts', "import { EVERY_OPERATION } from '../sim/outside';", 'faces', LINT_TOO],
  // What the engine may not touch
  ['src/sim/a.ts', 'export const a = new Date(5);', 'ambient', LINT_TOO],
  ['src/sim/a.ts', 'export const a = Date.now();', 'ambient', LINT_TOO],
  ['src/sim/a.ts', 'export const D = Date;', 'ambient', BEYOND_THE_LINTER],
  ['src/sim/clock.ts', 'export const a = new Date();', 'ambient', BEYOND_THE_LINTER],
  ['src/sim/clock.ts', 'export const a = Date.now();', 'ambient', BEYOND_THE_LINTER],
  ['src/flows/a.ts', 'export const a = Math.random();', 'ambient', LINT_TOO],
  ['src/flows/a.ts', 'export const { random } = Math;', 'ambient', BEYOND_THE_LINTER],
  ['src/flows/a.ts', "export const a = Math['random']();", 'ambient', BEYOND_THE_LINTER],
  ['src/sim/crypto/a.ts', 'crypto.getRandomValues(b);', 'ambient', LINT_TOO],
  ['src/sim/crypto/a.ts', 'globalThis.crypto.getRandomValues(b);', 'ambient', LINT_TOO],
  ['src/sim/kms/a.ts', 'const s = globalThis.crypto.subtle;', 'ambient', LINT_TOO],
  ['src/sim/kms/a.ts', 'const s = crypto.subtle;', 'ambient', LINT_TOO],
  ['src/sim/a.ts', 'globalThis.setTimeout(f);', 'ambient', BEYOND_THE_LINTER],
  ['src/sim/a.ts', 'setTimeout(f, 1);', 'ambient', LINT_TOO],
  ['src/sim/a.ts', 'setInterval(f, 1);', 'ambient', LINT_TOO],
  ['src/flows/a.ts', "await fetch('/x');", 'ambient', LINT_TOO],
  ['src/flows/a.ts', 'const a = { fetch };', 'ambient', LINT_TOO],
  ['src/flows/a.ts', 'performance.now();', 'ambient', LINT_TOO],
  ['src/flows/a.ts', "document.title = 'x';", 'ambient', LINT_TOO],
  ['src/flows/a.ts', 'window.x = 1;', 'ambient', LINT_TOO],
];

const FINE = [
  ['src/sim/a.ts', "import { sha1 } from '@noble/hashes/legacy.js';\nimport { b } from './kms/b';"],
  ['src/sim/kms/a.ts', "import { index } from '..';\nimport type { Bytes } from '../types';"],
  ['src/sim/a.ts', 'export const now = (d: Date): Date => d;\nexport type D = Date;'],
  ['src/sim/clock.ts', 'export const at = (ms: number) => new Date(ms);\nDate.parse(x);'],
  ['src/sim/crypto/aes.ts', 'export const subtle = globalThis.crypto.subtle;'],
  ['src/sim/iam/a.ts', 'export const f = (document) => document.Statement;'],
  ['src/sim/a.ts', 'export const a = { Date: 1, fetch: 2 }.Date + Math.max(1, x.setTimeout);'],
  ['src/sim/a.test.ts', "import { test } from 'vitest';\nDate.now();\nMath.random();"],
  [
    'src/flows/a.ts',
    "import { putObject } from '../sim';\nimport type { Step } from '../sim/types';",
  ],
  ['src/flows/a/b.ts', "import type en from '../../words/en.json';\nimport { c } from '../c';"],
  ['src/player/index.ts', "import { flows } from '../flows';\nimport type { Step } from '../sim';"],
  [
    'src/player/index.ts',
    "import { useStore } from 'zustand';\nimport { c } from 'zustand/vanilla';",
  ],
  [
    'src/sim/signature-v4/verifier.ts',
    "import { SignatureV4 } from '@smithy/signature-v4';\nimport { sha256 } from '@noble/hashes/sha2.js';",
  ],
  ['src/player/spawn.ts', "import url from './engine.worker?worker&url';\nfetch('x');"],
  [
    'src/player/engine.worker.ts',
    "import { world } from '../sim';\nimport { flows } from '../flows';",
  ],
  [
    'src/components/a.tsx',
    "import * as m from 'framer-motion/m';\nimport * as T from '@radix-ui/react-tabs';",
  ],
  ['src/components/a.tsx', "import { LazyMotion } from 'framer-motion';\nimport './a.css';"],
  [
    'src/components/a/b.tsx',
    "import type { Step } from '../../sim';\nimport { t } from '../../words';",
  ],
  ['src/main.tsx', "import { App } from './components';\nimport './style.css';\nimport './words';"],
  ['e2e/a.spec.ts', "import { test } from '@playwright/test';\nimport { x } from './parts';"],
  [
    'cloud/a.ts',
    "import { createServer } from 'node:http';\nimport { names } from '../src/sim';\nimport { readAddress } from '../src/sim/outside';\nimport { generate } from 'selfsigned';",
  ],
  [
    'cloud/trace/a.ts',
    "import { createWords } from '../../src/words/all';\nimport { FLOWS } from '../../src/flows';\nimport { serve } from '../server';\nimport { json } from './json';",
  ],
];

describe('the import check', () => {
  it.each(BROKEN)('%s: %s breaks the rule of %s', (path, code, rule) => {
    expect(check(path, code).map((problem) => problem.rule)).toContain(rule);
  });

  it.each(FINE)('%s: %s is fine', (path, code) => {
    expect(check(path, code)).toEqual([]);
  });

  it('names the file, the line and what to use instead', () => {
    expect(check('src/sim/a.ts', 'export const a = 1;\n\nexport const b = Date.now();\n')).toEqual([
      {
        path: 'src/sim/a.ts',
        line: 3,
        rule: 'ambient',
        reason: expect.stringContaining('desk.now()'),
      },
    ]);
  });
});

describe('the linter', () => {
  const folders = [];
  afterAll(() => {
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  });

  /** Lints files of [path, code] snippets and gives each `path:line` at which one of the rules of rooms was broken. */
  function lint(snippets) {
    const folder = mkdtempSync(join(tmpdir(), 'lint-'));
    folders.push(folder);
    for (const file of ['biome.json', 'scripts/ambient.grit', 'scripts/crypto.grit'])
      cpSync(file, join(folder, file));
    const files = {};
    for (const [path, code] of snippets) files[path] = [...(files[path] ?? []), code];
    for (const [path, list] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), list.join('\n'));
    }
    const biome = resolve('node_modules/@biomejs/biome/bin/biome');
    const args = [biome, 'lint', '--reporter=json', '--max-diagnostics=none'];
    const { stdout } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
    const { diagnostics } = JSON.parse(stdout);
    const ours = /noRestrictedImports|noRestrictedGlobals|plugin|configuration/;
    return diagnostics
      .filter((one) => ours.test(one.category))
      .map((one) => `${one.location.path.replaceAll('\\', '/')}:${one.location.start.line}`);
  }

  it('sees every broken rule that is not beyond it', () => {
    const snippets = BROKEN.filter(([, , , lintToo]) => lintToo);
    const seen = new Set(lint(snippets));
    const lines = {};
    const missed = snippets.filter(([path]) => {
      lines[path] = (lines[path] ?? 0) + 1;
      return !seen.has(`${path}:${lines[path]}`);
    });
    expect(missed).toEqual([]);
  });

  it('lets what is fine pass', () => {
    expect(lint(FINE)).toEqual([]);
  });
});
