import { describe, expect, it } from 'vitest';
import { readJson } from '../sim';
import { askedAt, GATES, policiesOf, policyProblem } from './gates';
import { runScenario } from './run';
import { ALL, named, runOf, scenarioOf } from './testing/cases';
import type { Run } from './types';

interface Document {
  readonly Statement: readonly { readonly Sid?: string }[];
}

/** Of each decision of a run: the statement that it recorded, and the one of that name in the policies shown with it. */
function pairs(run: Run): [recorded: unknown, shown: unknown][] {
  const decisions = run.trace.steps.filter(
    (step) => step.kind === 'deed' && step.deed === 'authorises',
  );
  return decisions.flatMap((decision) => {
    if (decision.kind !== 'deed' || !decision.inputs.statement) return [];
    const { policy, statement } = decision.facts;
    const found = policiesOf(run, decision).find(({ of }) => `${of} policy` === policy);
    const { Statement = [] } = JSON.parse(found?.json ?? '{}') as Partial<Document>;
    const shown = Statement.find(({ Sid }, i) => (Sid || `no. ${i + 1}`) === statement);
    return [[readJson(decision.inputs.statement), shown]];
  });
}

const SSE_KMS = scenarioOf({ flow: 'sse-kms', variant: 'customer-key', fault: undefined });

const bucketPolicy = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: '*',
      Action: ['s3:PutObject'],
      Resource: ['arn:aws:s3:::diary/*'],
    },
    {
      Sid: 'OnlyKms',
      Effect: 'Deny',
      Principal: '*',
      Action: ['s3:PutObject'],
      Resource: ['arn:aws:s3:::diary/*'],
      Condition: { StringNotEquals: { 's3:x-amz-server-side-encryption': ['aws:kms'] } },
    },
  ],
});

describe('the policies shown at a gate', () => {
  it.each(named(ALL))('have the statement that decided in %s', async (_, one) => {
    for (const [recorded, shown] of pairs(await runOf(one))) expect(shown).toEqual(recorded);
  });

  it('have it also when somebody wrote them', async () => {
    const at = 12;
    const run = await runScenario({
      ...SSE_KMS,
      changes: [{ at, kind: 'policy', of: 'bucket', json: bucketPolicy }],
    });
    const found = pairs(run);
    expect(found.length).toBeGreaterThan(3);
    for (const [recorded, shown] of found) expect(shown).toEqual(recorded);
  });
});

describe('what was asked', () => {
  it('is what you asked last, with both decisions in it', async () => {
    const run = await runOf(SSE_KMS);
    for (const { index, chapter } of run.trace.steps) {
      const asked = askedAt(run, index);
      expect(asked?.request.chapter).toBe(chapter);
      if (chapter === 'prepare') continue;
      expect(GATES.map((gate) => asked?.decisions[gate].length)).toEqual([1, 1]);
    }
    expect(askedAt(run, -1)?.request.operation).toBe('PutObject');
  });
});

describe('what somebody asks meanwhile', () => {
  it('is decided at the same doors, and is another request', async () => {
    const at = (await runOf(SSE_KMS)).trace.steps.find((s) => s.key === 'you -> client GetObject');
    const change = {
      at: at?.index ?? 0,
      kind: 'policy',
      of: 'bucket',
      json: bucketPolicy,
    } as const;
    const run = await runScenario({ ...SSE_KMS, changes: [change] });
    const asked = askedAt(run, run.trace.steps.length - 1);
    expect(asked?.request.index).toBe(change.at);
    const actions = asked?.decisions.s3.map(({ facts }) => facts.action);
    expect(actions).toEqual(['s3:GetObject']);
  });
});

describe('a policy that is being written', () => {
  it.each([
    ['identity', '{', 'Syntax errors in policy.'],
    ['identity', bucketPolicy, 'Policy document should not specify a principal.'],
    ['bucket', '{}', "Policies must be valid JSON and the first byte must be '{'"],
    ['bucket', bucketPolicy.replaceAll('diary', 'other'), 'Policy has invalid resource'],
    ['key', bucketPolicy.replace('Allow', 'Perhaps'), 'A statement has no valid Effect.'],
    ['bucket', bucketPolicy, undefined],
    ['key', bucketPolicy, undefined],
  ] as const)('%s policy %s: %s', (of, json, problem) => {
    expect(policyProblem(of, json, 'diary')).toBe(problem);
  });
});
