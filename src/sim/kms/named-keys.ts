// Finding the key that an operation is about, and whether this caller may do this to it in its state.
import { Refusal } from '../refusal';
import type { KmsKey } from './keys';
import type { KmsContext } from './kms';
import { text } from './parameters';
import { refuseState } from './states';

/** The key a request names by id or ARN, once the caller may do this to it. */
export async function namedKey({ keys, call }: KmsContext): Promise<KmsKey> {
  const key = keys.findByKeyId(text(call, 'KeyId'), call.account);
  await call.authorise(key);
  return key;
}

/** As `namedKey`, for changes: AWS managed keys take none, and other keys not in every state. */
export async function customerKey(context: KmsContext): Promise<KmsKey> {
  const key = await namedKey(context);
  refuseChange(context, key);
  return key;
}

/** AWS managed keys allow nobody to change them (facts §2.2); other keys not in every state. */
export function refuseChange({ call }: KmsContext, key: KmsKey): void {
  if (key.manager === 'AWS') {
    throw new Refusal(
      400,
      'AccessDeniedException',
      `User: ${call.principal} is not authorized to perform: kms:${call.operation} on resource: ${key.arn} because no resource-based policy allows the kms:${call.operation} action`,
    );
  }
  refuseState(key, call.operation);
}
