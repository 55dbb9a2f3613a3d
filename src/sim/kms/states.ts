// Which operation a key refuses in which state. (facts §2.3, §2.5; KMS Developer Guide, "Key states of KMS keys")
// What is not in the table works in every state. CancelKeyDeletion is the one that needs a state instead.
import { Refusal } from '../refusal';
import type { Operation } from '../types';
import type { KeyState, KmsKey } from './keys';

const UNUSABLE: readonly KeyState[] = ['Disabled', 'PendingDeletion', 'PendingImport'];
const DELETING: readonly KeyState[] = ['PendingDeletion'];

const REFUSED: Partial<Record<Operation, readonly KeyState[]>> = {
  GenerateDataKey: UNUSABLE,
  GenerateDataKeyWithoutPlaintext: UNUSABLE,
  Encrypt: UNUSABLE,
  Decrypt: UNUSABLE,
  ReEncrypt: UNUSABLE,
  CreateGrant: UNUSABLE,
  EnableKeyRotation: UNUSABLE,
  DisableKeyRotation: UNUSABLE,
  RotateKeyOnDemand: UNUSABLE,
  EnableKey: ['PendingDeletion', 'PendingImport'],
  DisableKey: ['PendingDeletion', 'PendingImport'],
  ImportKeyMaterial: ['Disabled', 'PendingDeletion'],
  GetParametersForImport: DELETING,
  ScheduleKeyDeletion: DELETING,
  CreateAlias: DELETING,
  UpdateAlias: DELETING,
  TagResource: DELETING,
  UntagResource: DELETING,
  UpdateKeyDescription: DELETING,
};

export const invalidState = (message: string): Refusal =>
  new Refusal(400, 'KMSInvalidStateException', message);

const BECAUSE: Readonly<Record<Exclude<KeyState, 'Enabled'>, (arn: string) => Refusal>> = {
  Disabled: (arn) => new Refusal(400, 'DisabledException', `${arn} is disabled.`),
  PendingDeletion: (arn) => invalidState(`${arn} is pending deletion.`),
  PendingImport: (arn) => invalidState(`${arn} is pending import.`),
};

/** Refuses when the key's state does not allow the operation. */
export function refuseState(key: KmsKey, operation: Operation): void {
  if (key.state === 'Enabled' || !REFUSED[operation]?.includes(key.state)) return;
  throw BECAUSE[key.state](key.arn);
}
