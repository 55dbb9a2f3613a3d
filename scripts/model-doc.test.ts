import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { modelDoc } from './model-doc';

it('keeps docs/MODEL.md as the claims have it (else: npm run model-doc)', async () => {
  const current = readFileSync(new URL('../docs/MODEL.md', import.meta.url), 'utf8');
  expect(await modelDoc(current)).toBe(current);
}, 60_000);
