import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  BUCKET_CHANGES,
  CHAPTERS,
  type Change,
  DEPTHS,
  FLOW_IDS,
  FLOWS,
  KEY_CHANGES,
  POLICIES,
  VANTAGES,
} from '../flows';
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

const changes: fc.Arbitrary<Change[]> = fc
  .array(
    fc
      .tuple(
        fc.nat(999_999),
        fc.oneof(
          fc.constantFrom('drop', 'replay', 'stored-swap', 'stored-back').map((kind) => ({ kind })),
          fc.record({ kind: fc.constantFrom('flip', 'stored-flip'), bit: fc.nat() }),
          fc.record({
            kind: fc.constant('header'),
            name: fc.stringMatching(/^[a-z0-9-]{1,64}$/),
            value: wellFormed,
          }),
          fc.record({ kind: fc.constant('key'), to: fc.constantFrom(...KEY_CHANGES) }),
          fc.record({ kind: fc.constant('bucket'), to: fc.constantFrom(...BUCKET_CHANGES) }),
          fc.record({
            kind: fc.constant('policy'),
            of: fc.constantFrom(...POLICIES),
            json: wellFormed,
          }),
        ),
      )
      .map(([at, what]) => ({ ...what, at }) as Change),
    { maxLength: 8 },
  )
  .map((list) => list.sort((a, b) => a.at - b.at));

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
        changes,
        unchanged: fc.boolean(),
        vantage: fc.constantFrom(...VANTAGES),
        own: fc.oneof(fc.constant(undefined), fc.constant('private' as const), drafts),
      }),
    ),
  )
  .map((place) => ({
    ...place,
    chapter: place.step < 0 ? undefined : place.chapter,
    unchanged: place.unchanged && place.changes.length > 0,
  }));

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
      changes: [],
      unchanged: false,
      own: undefined,
      vantage: 'wire-tls',
    });
    expect(recorded).toBe(false);
    expect(writeAddress(place as Place)).toBe('#/sse-kms?level=standard&seed=fresh');
  });

  it.each([
    ['what=12.flip', '12.flip'],
    ['what=12.flip.-1', '12.flip.-1'],
    ['what=12.flip.007', '12.flip.007'],
    ['what=x.drop', 'x.drop'],
    ['what=12.explode', '12.explode'],
    ['what=12.key.BurnKey', '12.key.BurnKey'],
    ['what=12.header.X-Big.YQ', '12.header.X-Big.YQ'],
    ['what=12.policy.key.a', '12.policy.key.a'],
    ['what=', ''],
    ['side=unchanged', 'unchanged'],
  ])('leaves out what it cannot read of %s, and tells', (query, value) => {
    const { place, problems } = read(`#/sse-kms?${query}&seed=a`);
    expect(place).toMatchObject({ flow: 'sse-kms', changes: [], unchanged: false });
    expect(problems[0]).toEqual({ part: query.startsWith('what') ? 'what' : 'side', value });
  });

  it('keeps the changes that it can read, in the order of their steps', () => {
    const { place, problems } = read('#/sse-kms?what=12.drop*9.replay*40.flip.8*x');
    expect(place?.changes).toEqual([
      { at: 12, kind: 'drop' },
      { at: 40, kind: 'flip', bit: 8 },
    ]);
    expect(problems.map(({ value }) => value)).toEqual(['9.replay', 'x']);
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
