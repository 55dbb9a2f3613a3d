// The same verdict as an independent simulator of IAM (@cloud-copilot/iam-simulate), on generated policies and requests.
// What it is known to do otherwise than AWS documents is not generated, and said where:
//   - dates as numbers: it compares seconds since 1970 with milliseconds;
//   - a single address under NotIpAddress, and a caller from an address of the other family: it says no.
import { anonymousPrincipal, runSimulation, type Simulation } from '@cloud-copilot/iam-simulate';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ANONYMOUS } from '../names';
import { evaluate } from './evaluate';
import type { ConditionBlock, PolicyDocument, RequestContext, Statement } from './policy';

const OWNER = '111122223333';
const ANA = `arn:aws:iam::${OWNER}:user/ana`;
const BEN = `arn:aws:iam::${OWNER}:user/staff/ben`;
const EVE = 'arn:aws:iam::444455556666:user/eve';
const KEY = `arn:aws:kms:eu-west-1:${OWNER}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
const BUCKET = 'arn:aws:s3:::diary';

/** Condition keys with values that requests have and policies want. The types are those that AWS gives the keys. */
type Kind = 'string' | 'arn' | 'bool' | 'ip' | 'date' | 'number' | 'list';
type Pool = Readonly<Record<string, readonly [Kind, readonly string[]]>>;
const GLOBAL: Pool = {
  'aws:SecureTransport': ['bool', ['true', 'false']],
  'aws:ViaAWSService': ['bool', ['true', 'false']],
  'aws:PrincipalArn': [
    'arn',
    [ANA, BEN, EVE, `arn:aws:iam::${OWNER}:user/*`, 'arn:aws:iam::*:user/?na'],
  ],
  'aws:username': ['string', ['ana', 'ANA', 'ben', 'a*', '?en']],
  'aws:SourceIp': [
    'ip',
    [
      '203.0.113.9',
      '203.0.113.0/24',
      '203.0.0.0/16',
      '198.51.100.7',
      '2001:db8::9',
      '2001:db8::/32',
    ],
  ],
  'aws:CurrentTime': [
    'date',
    ['2026-11-23T09:00:00Z', '2026-11-24T00:00:00Z', '2027-01-01T00:00:00.000Z'],
  ],
};
const S3_KEYS: Pool = {
  's3:x-amz-server-side-encryption': [
    'string',
    ['AES256', 'aws:kms', 'aws:kms:dsse', 'aws:*', 'AWS:KMS'],
  ],
  's3:x-amz-server-side-encryption-aws-kms-key-id': [
    'arn',
    [KEY, `arn:aws:kms:*:${OWNER}:key/*`, 'arn:aws:kms:eu-west-1:*:key/other'],
  ],
};
const LIST_KEYS: Pool = {
  's3:max-keys': ['number', ['1', '10', '10.5', '1000', '-3']],
  's3:prefix': ['string', ['2026/', '2026/*', '', 'x']],
};
const KMS_KEYS: Pool = {
  'kms:ViaService': [
    'string',
    ['s3.eu-west-1.amazonaws.com', 's3.*.amazonaws.com', 'ec2.eu-west-1.amazonaws.com'],
  ],
  'kms:CallerAccount': ['string', [OWNER, '444455556666']],
  'kms:EncryptionContext:dept': ['string', ['red', 'blue', 'r*']],
  'kms:EncryptionContextKeys': ['list', ['dept', 'case', 'd*']],
};
const DELETION_KEYS: Pool = {
  'kms:ScheduleKeyDeletionPendingWindowInDays': ['number', ['7', '8', '30']],
};

const COMPARED = [
  'Equals',
  'NotEquals',
  'LessThan',
  'LessThanEquals',
  'GreaterThan',
  'GreaterThanEquals',
];
const STRINGS = [
  'Equals',
  'NotEquals',
  'EqualsIgnoreCase',
  'NotEqualsIgnoreCase',
  'Like',
  'NotLike',
].map((o) => `String${o}`);
const OPERATORS: Readonly<Record<Kind, readonly string[]>> = {
  string: STRINGS,
  arn: ['ArnEquals', 'ArnNotEquals', 'ArnLike', 'ArnNotLike', 'StringLike', 'StringNotEquals'],
  bool: ['Bool'],
  ip: ['IpAddress', 'NotIpAddress'],
  date: COMPARED.map((o) => `Date${o}`),
  number: COMPARED.map((o) => `Numeric${o}`),
  list: STRINGS.flatMap((o) => [`ForAnyValue:${o}`, `ForAllValues:${o}`]),
};
const isPattern = (kind: Kind, text: string): boolean =>
  /[*?]/.test(text) || (kind === 'ip' && text.includes('/'));

interface Scope {
  readonly service: 's3' | 'kms';
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly keys: Pool;
}
const OBJECTS = [`${BUCKET}/2026/today.txt`, `${BUCKET}/a.txt`, 'arn:aws:s3:::other/a.txt'];
const SCOPES: readonly Scope[] = [
  {
    service: 's3',
    actions: ['s3:PutObject'],
    resources: OBJECTS,
    keys: { ...GLOBAL, ...S3_KEYS },
  },
  { service: 's3', actions: ['s3:GetObject', 's3:DeleteObject'], resources: OBJECTS, keys: GLOBAL },
  {
    service: 's3',
    actions: ['s3:ListBucket'],
    resources: [BUCKET],
    keys: { ...GLOBAL, ...LIST_KEYS },
  },
  {
    service: 'kms',
    actions: ['kms:Decrypt', 'kms:GenerateDataKey', 'kms:Encrypt'],
    resources: [KEY],
    keys: { ...GLOBAL, ...KMS_KEYS },
  },
  {
    service: 'kms',
    actions: ['kms:ScheduleKeyDeletion'],
    resources: [KEY],
    keys: { ...GLOBAL, ...DELETION_KEYS },
  },
];

const some = <T>(values: readonly T[]) => fc.constantFrom(...values);
const oneOrMore = <T>(values: readonly T[]) =>
  fc.oneof(some(values), fc.uniqueArray(some(values), { minLength: 1, maxLength: 3 }));

function conditionsOf(keys: Pool): fc.Arbitrary<ConditionBlock> {
  const one = some(Object.keys(keys)).chain((key) => {
    const [kind, values] = keys[key] as Pool[string];
    const operator = fc.oneof(
      { weight: 6, arbitrary: some(OPERATORS[kind]) },
      { weight: 2, arbitrary: some(OPERATORS[kind]).map((o) => `${o}IfExists`) },
      { weight: 1, arbitrary: fc.constant('Null') },
    );
    return operator.chain((name) =>
      (name === 'Null' ? some(['true', 'false']) : oneOrMore(values)).map(
        (wanted): ConditionBlock => ({ [name]: { [key]: wanted } }),
      ),
    );
  });
  // Two conditions with one operator go into one block.
  return fc.array(one, { minLength: 1, maxLength: 2 }).map((blocks) => {
    const block: Record<string, Record<string, string | readonly string[]>> = {};
    for (const each of blocks)
      for (const [operator, wanted] of Object.entries(each))
        block[operator] = { ...block[operator], ...wanted };
    return block;
  });
}

function statementOf(scope: Scope, inResource: boolean): fc.Arbitrary<Statement> {
  const { service, actions, resources } = scope;
  const patterns = [
    ...actions,
    `${service}:*`,
    '*',
    `${service}:Get*`,
    `${(actions[0] as string).slice(0, 6)}?*`,
    `${service.toUpperCase()}:${(actions[0] as string).split(':')[1]}`,
  ];
  const places = [
    ...resources,
    ...resources.map((r) => `${r.slice(0, -4)}*`),
    ...(service === 's3'
      ? ['arn:aws:s3:::diary/*', 'arn:aws:s3:::*', `${BUCKET}/????.txt`]
      : [`arn:aws:kms:*:${OWNER}:key/*`]),
  ];
  const principals = [
    ANA,
    BEN,
    EVE,
    `arn:aws:iam::${OWNER}:root`,
    OWNER,
    'arn:aws:iam::444455556666:root',
    '*',
  ];
  return fc
    .record(
      {
        Sid: some(['One', 'Two', 'Three']),
        Effect: fc.oneof(
          { weight: 3, arbitrary: fc.constant('Allow' as const) },
          { weight: 1, arbitrary: fc.constant('Deny' as const) },
        ),
        about: fc.tuple(some(['Action', 'Action', 'Action', 'NotAction']), oneOrMore(patterns)),
        on: fc.tuple(
          some(['Resource', 'Resource', 'Resource', 'NotResource']),
          fc.oneof(fc.constant('*'), oneOrMore(places)),
        ),
        Principal: fc.oneof(
          fc.constant('*' as const),
          oneOrMore(principals).map((AWS) => ({ AWS })),
        ),
        Condition: conditionsOf(scope.keys),
      },
      { requiredKeys: ['Effect', 'about', 'on', 'Principal'] },
    )
    .map(({ about, on, Principal, Effect, Condition }) => ({
      Effect,
      ...(inResource ? { Principal } : {}),
      [about[0]]: about[1],
      [on[0]]: on[1],
      ...(Condition ? { Condition } : {}),
    }));
}

const policyOf = (scope: Scope, inResource: boolean): fc.Arbitrary<PolicyDocument> =>
  fc
    .array(statementOf(scope, inResource), { minLength: 1, maxLength: 3 })
    .map((Statement) => ({ Version: '2012-10-17', Statement }));

function contextOf(keys: Pool) {
  const values = Object.fromEntries(
    Object.entries(keys).map(([key, [kind, pool]]) => {
      const plain = pool.filter((text) => !isPattern(kind, text));
      return [key, kind === 'list' ? fc.subarray(plain, { minLength: 1 }) : some(plain)];
    }),
  );
  return fc
    .record(values as Record<string, fc.Arbitrary<string | string[]>>, { requiredKeys: [] })
    .map((context) => context as Record<string, string | string[]>);
}

const cases = some(SCOPES).chain((scope) =>
  fc.record({
    scope: fc.constant(scope),
    principal: some([ANA, ANA, BEN, EVE, ...(scope.service === 's3' ? [ANONYMOUS] : [])]),
    action: some(scope.actions),
    resource: some(scope.resources),
    context: contextOf(scope.keys),
    identity: fc.array(policyOf(scope, false), { maxLength: 2 }),
    its: fc.option(policyOf(scope, true), { nil: undefined, freq: 6 }),
  }),
);
type Case = typeof cases extends fc.Arbitrary<infer T> ? T : never;

/** What the other simulator is known to be wrong about. */
function isExcluded({ context, identity, its }: Case): boolean {
  const from = context['aws:SourceIp'];
  if (typeof from !== 'string') return false;
  const text = JSON.stringify([identity, its]);
  const other = from.includes(':') ? /"(203\.0\.113\.9|198\.51\.100\.7)"/ : /"2001:db8::9"/;
  return text.includes('NotIpAddress') && other.test(text);
}

const lowerCase = (context: Record<string, string | string[]>): RequestContext =>
  Object.fromEntries(Object.entries(context).map(([key, value]) => [key.toLowerCase(), value]));

function ours({ scope, principal, action, resource, context, identity, its }: Case): string {
  const { allowed, explicit } = evaluate(
    { principal, action, resource, resourceAccount: OWNER, context: () => lowerCase(context) },
    { identity: principal === ANONYMOUS ? [] : identity, resource: its, resourceName: 'policy' },
    scope.service,
  );
  return allowed ? 'Allowed' : explicit ? 'ExplicitlyDenied' : 'ImplicitlyDenied';
}

/** Its lists have no kms:EncryptionContext:… for these actions: the pair goes by another key of the same kind. */
const inItsWords = (simulation: Simulation): Simulation =>
  JSON.parse(
    JSON.stringify(simulation).replaceAll('kms:EncryptionContext:dept', 'aws:UserAgent'),
  ) as Simulation;

async function theirs({
  principal,
  action,
  resource,
  context,
  identity,
  its,
}: Case): Promise<string> {
  const nobody = principal === ANONYMOUS;
  const everything = {
    Version: '2012-10-17',
    Statement: { Effect: 'Allow', Action: '*', Resource: '*' },
  };
  const simulation: Simulation = {
    request: {
      principal: nobody ? anonymousPrincipal : principal,
      action,
      resource: { resource, accountId: OWNER },
      contextVariables: context,
    },
    identityPolicies: nobody ? [] : identity.map((policy, i) => ({ name: `policy ${i}`, policy })),
    serviceControlPolicies: nobody
      ? []
      : [{ orgIdentifier: 'r-1', policies: [{ name: 'all', policy: everything }] }],
    resourceControlPolicies: [],
    ...(its ? { resourcePolicy: its } : {}),
  };
  const result = await runSimulation(inItsWords(simulation), { simulationMode: 'Strict' });
  if (result.resultType !== 'single') throw new Error(JSON.stringify(result));
  expect(result.result.ignoredContextKeys).toEqual([]);
  return result.overallResult;
}

it('decides as another simulator does', { timeout: 30_000 }, async () => {
  const verdicts: Record<string, number> = {};
  await fc.assert(
    fc.asyncProperty(cases, async (one) => {
      fc.pre(!isExcluded(one));
      const verdict = ours(one);
      expect(verdict).toBe(await theirs(one));
      const kind = `${one.scope.service} ${verdict}`;
      verdicts[kind] = (verdicts[kind] ?? 0) + 1;
    }),
    { numRuns: 1000, seed: 20261123 },
  );
  // Every verdict of either service came up often enough to mean something.
  expect(Object.keys(verdicts)).toHaveLength(6);
  for (const count of Object.values(verdicts)) expect(count).toBeGreaterThan(15);
});
