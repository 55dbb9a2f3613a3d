// KMS's decision about one request: key policy first, then, where it delegates, the caller's identity policies.
// A call that S3 makes in a forward access session is judged as the caller's own, with kms:ViaService set.
import { looked } from '../crypto/works';
import type { IamDirectory } from '../iam/directory';
import { evaluate } from '../iam/evaluate';
import { accountOf } from '../iam/match';
import { PRINCIPAL, VIA } from '../names';
import { Refusal } from '../refusal';
import type { Desk, Headers, Operation } from '../types';
import type { KmsKey } from './keys';

export interface KmsCall {
  readonly operation: Operation;
  readonly body: Readonly<Record<string, unknown>>;
  readonly headers: Headers;
  authorise(key: KmsKey): Promise<void>;
}

export async function authorise(
  desk: Desk,
  iam: IamDirectory,
  call: KmsCall,
  key: KmsKey,
): Promise<void> {
  const principal = call.headers[PRINCIPAL] ?? 'anonymous';
  const via = call.headers[VIA];
  const pairs = call.body.EncryptionContext;
  const context: Record<string, string> = {
    'kms:calleraccount': accountOf(principal),
    'aws:securetransport': 'true',
    'aws:viaawsservice': String(via !== undefined),
    ...(via ? { 'kms:viaservice': via } : {}),
  };
  for (const [name, value] of Object.entries((pairs as Record<string, string> | undefined) ?? {})) {
    context[`kms:encryptioncontext:${name.toLowerCase()}`] = value;
  }
  const request = { principal, action: `kms:${call.operation}`, resource: key.arn, context };
  const decision = evaluate(
    request,
    { identity: iam.policiesOf(principal), resource: key.policy, resourceName: 'key policy' },
    'kms',
  );
  const refusal = decision.allowed
    ? undefined
    : new Refusal(
        400,
        'AccessDeniedException',
        `User: ${principal} is not authorized to perform: ${request.action} on resource: ${key.arn} ${decision.reason}`,
      );
  const facts = via ? { ...decision.facts, via } : decision.facts;
  await desk.does('authorises', 'request', looked('IAM policy evaluation', facts, refusal));
}
