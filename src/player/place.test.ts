import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CHAPTERS, DEPTHS, FLOW_IDS, FLOWS } from '../flows';
import { DEFAULT_DRAFT, type Draft, problemsOf } from './own';
import { type Place, readAddress, VIEWS, writeAddress } from './place';

const DEFAULTS = { level: 'standard', seed: 'fresh' } as const;
const read = (hash: string) => readAddress(hash, DEFAULTS);

const wellFormed = fc.string({ unit: 'binary', maxLength: 60 });
const drafts: fc.Arbitrary<Draft> = fc
  .record({
    text: wellFormed,
    bucket: fc.constantFrom('diary', 'a.b-c'),
    key: wellFormed.filter((key) => key !== ''),
    context: fc.constantFrom('', 'purpose=diary', 'a=1\nb=c=d & e #?'),
    customerKey: fc.constantFrom('', 'ab'.repeat(32)),
  })
  .filter((draft) => Object.keys(problemsOf(draft)).length === 0);

const places: fc.Arbitrary<Place> = fc
  .constantFrom(...FLOW_IDS)
  .chain((flow) =>
    fc.constantFrom(...FLOWS[flow].variants).chain((variant) =>
      fc.record({
        flow: fc.constant(flow),
        variant: fc.constant(variant.id),
        fault: fc.option(fc.constantFrom(...variant.faults), { nil: undefined }),
        seed: fc.stringMatching(/^[a-z0-9-]{1,32}$/),
        view: fc.constantFrom(...VIEWS),
        level: fc.constantFrom(...DEPTHS),
        chapter: fc.option(fc.constantFrom(...CHAPTERS), { nil: undefined }),
        step: fc.integer({ min: -1, max: 999_999 }),
        own: fc.oneof(fc.constant(undefined), fc.constant('private' as const), drafts),
      }),
    ),
  )
  .map((place) => (place.step < 0 ? { ...place, chapter: undefined } : place));

describe('an address', () => {
  it('leads back to the place it was made from', () => {
    fc.assert(
      fc.property(places, (place) => {
        const { place: back, problems, recorded } = read(writeAddress(place));
        expect(back).toEqual(place);
        expect(recorded).toBe(true);
        expect(problems.filter(({ part }) => part !== 'private')).toEqual([]);
      }),
    );
  });

  it('is plain for a plain scenario', () => {
    const { place, recorded } = read('#/sse-kms');
    expect(place).toEqual({
      flow: 'sse-kms',
      variant: 'customer-key',
      fault: undefined,
      seed: 'fresh',
      view: 'stage',
      level: 'standard',
      chapter: undefined,
      step: -1,
      own: undefined,
    });
    expect(recorded).toBe(false);
    expect(writeAddress(place as Place)).toBe('#/sse-kms?level=standard&seed=fresh');
  });

  it.each(['', '#', '#/', '/', '#/?step=3'])('%j is the map of the schemes', (hash) => {
    expect(read(hash)).toMatchObject({ place: undefined, room: { id: 'map' }, problems: [] });
  });

  it.each([
    ['#/sse', 'sse'],
    ['#/SSE-KMS', 'SSE-KMS'],
    ['#/__proto__', '__proto__'],
    ['#/constructor?seed=a', 'constructor'],
    ['#/%E0%A4%A', '%E0%A4%A'],
    ['#//sse-kms', '/sse-kms'],
    ['#/<script>alert(1)</script>', '<script>alert(1)</script>'],
  ])('%s names no scheme: the map, and told', (hash, value) => {
    const { place, problems } = read(hash);
    expect(place).toBeUndefined();
    expect(problems).toEqual([{ part: 'flow', value }]);
  });

  it.each([
    ['variant', 'v9'],
    ['variant', '__proto__'],
    ['fault', 'wrong-customer-key'],
    ['fault', ''],
    ['chapter', 'GET'],
    ['step', '-1'],
    ['step', '1.5'],
    ['step', '1e3'],
    ['step', '1234567'],
    ['step', 'NaN'],
    ['level', 'expert'],
    ['view', 'toString'],
    ['seed', 'UPPER'],
    ['seed', 'a'.repeat(33)],
    ['seed', '"><img src=x onerror=alert(1)>'],
  ])('falls back and tells when %s is %j', (part, value) => {
    const { place, problems } = read(`#/sse-kms?${new URLSearchParams({ [part]: value })}`);
    expect(problems).toEqual([{ part, value }]);
    expect(place).toEqual(read('#/sse-kms').place);
  });

  it('keeps what is right of an address that is partly wrong', () => {
    const { place, problems } = read(
      '#/sse-c?variant=x&fault=no-customer-key&step=7&level=no&seed=k3',
    );
    expect(place).toMatchObject({
      fault: 'no-customer-key',
      step: 7,
      seed: 'k3',
      level: 'standard',
    });
    expect(problems.map(({ part }) => part)).toEqual(['variant', 'level']);
  });

  it('tells of own data that it does not carry, or that cannot be read', () => {
    expect(read('#/sse-c?own=private').problems).toEqual([{ part: 'private', value: '' }]);
    expect(read('#/sse-c?own=other').problems).toEqual([{ part: 'own', value: '' }]);
    const { place, problems } = read('#/sse-c?own=shared&customerKey=abc');
    expect(problems).toEqual([{ part: 'own', value: '' }]);
    expect(place?.own).toBeUndefined();
    expect(read('#/sse-c?own=shared&text=').place?.own).toEqual({ ...DEFAULT_DRAFT, text: '' });
  });

  it('never throws and never leads nowhere, whatever it says', () => {
    const parts = fc.array(
      fc.tuple(
        fc.constantFrom(
          'variant',
          'fault',
          'step',
          'seed',
          'own',
          'text',
          'customerKey',
          'x',
          '%',
          '',
        ),
        fc.string({ unit: 'binary', maxLength: 40 }),
      ),
      { maxLength: 6 },
    );
    fc.assert(
      fc.property(fc.constantFrom(...FLOW_IDS), parts, (flow, pairs) => {
        const hash = `#/${flow}?${pairs.map(([name, value]) => `${name}=${value}`).join('&')}`;
        const { place } = read(hash);
        expect(place?.flow).toBe(flow);
        const canonical = writeAddress(place as Place);
        expect(writeAddress(read(canonical).place as Place)).toBe(canonical);
      }),
      { numRuns: 500 },
    );
  });
});
