// One fork of each kind there is, for tests that hold of all of them.
import { runScenario } from '../run';
import { BUCKET_CHANGES, type Change, KEY_CHANGES, POLICIES, type Run, type What } from '../types';
import { scenarioOf } from './cases';

/** Denies an action and allows all others; of a resource's policy with a principal. */
export const deny = (action: string, Principal?: string, Resource = '*'): string => {
  const to = { ...(Principal ? { Principal } : {}), Resource };
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      { Sid: 'No', Effect: 'Deny', Action: action, ...to },
      { Effect: 'Allow', Action: Resource === '*' ? '*' : 's3:*', ...to },
    ],
  });
};

const WHATS: readonly What[] = [
  { kind: 'drop' },
  { kind: 'replay' },
  { kind: 'header', name: 'range', value: 'bytes=0-3' },
  { kind: 'stored-flip', bit: 3 },
  { kind: 'stored-swap' },
  { kind: 'stored-back' },
  ...KEY_CHANGES.map((to): What => ({ kind: 'key', to })),
  ...BUCKET_CHANGES.map((to): What => ({ kind: 'bucket', to })),
  { kind: 'policy', of: 'identity', json: deny('kms:Decrypt') },
  { kind: 'policy', of: 'bucket', json: deny('s3:GetObject', '*', 'arn:aws:s3:::diary/*') },
  { kind: 'policy', of: 'key', json: deny('kms:Decrypt', '*') },
  ...POLICIES.map((of): What => ({ kind: 'policy', of, json: '{' })),
];

let runs: Promise<readonly Run[]> | undefined;

/** A GET with SSE-KMS, forked where the client asks for the object; and a PUT with a flipped bit. Computed once. */
export function forkedRuns(): Promise<readonly Run[]> {
  runs ??= play();
  return runs;
}

async function play(): Promise<readonly Run[]> {
  const scenario = scenarioOf({ flow: 'sse-kms', variant: 'customer-key', fault: undefined });
  const { steps } = (await runScenario(scenario)).trace;
  const indexOf = (wanted: string): number => steps.findIndex(({ key }) => key === wanted);
  const at = indexOf('client -> s3 GetObject');
  const changes: Change[] = [
    ...WHATS.map((what): Change => ({ ...what, at })),
    { at: indexOf('client -> s3 PutObject'), kind: 'flip', bit: 9 },
  ];
  return Promise.all(changes.map((change) => runScenario({ ...scenario, changes: [change] })));
}
