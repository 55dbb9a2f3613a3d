// The catalogues have an entry for every id that the code can ask for, and none for an id that is none.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CHECK_IDS, FAULT_IDS, FLOW_IDS, PHASE_IDS, VARIANT_IDS } from '../flows';
import { ACTORS, CHAPTERS, DEPTHS } from '../sim';
import { SECRET_KINDS } from '../sim/types';
import { captionText } from '.';
import { AREAS, createWords } from './all';
import faults from './en/faults.json';
import flows from './en/flows.json';
import names from './en/names.json';

const VARIANTS = [...new Set(Object.values(VARIANT_IDS).flat())];
const KINDS = Object.keys(SECRET_KINDS);

/** In a family all entries begin with one word; the rest is an id. */
const FAMILIES: readonly [string, object, string, readonly string[]][] = [
  ['flows', flows, 'flow', FLOW_IDS],
  ['flows', flows, 'line', FLOW_IDS],
  ['flows', flows, 'variant', VARIANTS],
  ['flows', flows, 'about', VARIANTS],
  ['flows', flows, 'chapter', CHAPTERS],
  ['flows', flows, 'phase', PHASE_IDS],
  ['flows', flows, 'level', DEPTHS],
  ['faults', faults, 'fault', FAULT_IDS],
  ['faults', faults, 'caught', CHECK_IDS],
  ['faults', faults, 'unnoticed', ['yours', 'another']],
  ['names', names, 'actor', ACTORS],
  ['names', names, 'role', ACTORS],
  ['names', names, 'kind', KINDS],
  ['names', names, 'desk', KINDS],
  ['flows', flows, 'reads', FLOW_IDS],
  ['names', names, 'zone', ['yours', 's3', 'kms', 'disks']],
];

describe('the catalogues', () => {
  it.each(FAMILIES.map(([area, ...rest]) => [`${area}: ${rest[1]}`, ...rest] as const))(
    'name in %s every id there is, and no other',
    (_, catalogue, family, ids) => {
      const found = Object.keys(catalogue)
        .filter((key) => key.startsWith(`${family} `))
        .map((key) => key.slice(family.length + 1));
      expect(found.sort()).toEqual([...ids].sort());
    },
  );

  it('of faults gives reasons for faults that there are', () => {
    const reasons = Object.keys(faults).filter((key) => key.startsWith('why '));
    for (const key of reasons)
      expect(FAULT_IDS).toContain(key.split(' ')[1] as (typeof FAULT_IDS)[number]);
  });
});

describe('words', () => {
  const words = createWords();

  it('has an entry for what it is asked, whatever stands in the entry’s name', () => {
    expect(words.t('you <- client GetObject (other)', { ns: 'captions' })).toContain('not the one');
    expect(
      words.t('sse-kms/aws-s3: kms authorises request (through S3)', { ns: 'captions' }),
    ).toContain('aws/s3');
  });

  it('shows the key of an entry that is missing', () => {
    expect(words.t('no such entry: at all', { ns: 'captions' })).toBe('no such entry: at all');
  });

  it.each(AREAS)('has no entry twice in %s', (area) => {
    const text = readFileSync(new URL(`./en/${area}.json`, import.meta.url), 'utf8');
    const written = [...text.matchAll(/^ {2}"(.+?)": "/gm)].map(([, key]) => key);
    expect(written).toHaveLength(Object.keys(JSON.parse(text)).length);
    expect(new Set(written).size).toBe(written.length);
  });

  it.each(['captions', 'faults', 'flows', 'names'])('has no empty entry in %s', (area) => {
    const entries = Object.values<string>(words.getResourceBundle('en', area));
    for (const text of entries) expect(text.trim()).not.toBe('');
  });

  it('fills in names of actors, and leaves what it is given as it is', () => {
    const caption = {
      ids: ['none', 'any request'],
      values: { from: 's3', to: 'kms', operation: '<b>&' },
    };
    expect(captionText(words, caption)).toBe('S3 asks KMS: <b>&.');
  });

  it('takes the first id that there is', () => {
    const values = { from: 's3', to: 'kms', operation: 'Decrypt' };
    const ids = ['not there', 'you generates key pair', 'any request'];
    expect(captionText(words, { ids, values })).toContain('RSA key pair');
  });

  it('does not fill in a value that comes from outside twice', () => {
    const caption = {
      ids: ['any request'],
      values: { from: 's3', to: 'kms', operation: '{{from}} $t(any deed)' },
    };
    expect(captionText(words, caption)).toBe('S3 asks KMS: {{from}} $t(any deed).');
  });
});
