// KMS keys as KMS keeps them: a name, a policy, a state and references to key material. No key material.
import { epochSeconds } from '../clock';
import type { PolicyDocument } from '../iam/policy';
import { ACCOUNT_ID, ACCOUNT_ROOT, aliasArn, kmsKeyArn, REGION, S3_SERVICE } from '../names';
import { Refusal } from '../refusal';

export type KeyState = 'Enabled' | 'Disabled' | 'PendingDeletion';

export interface KmsKey {
  readonly keyId: string;
  readonly arn: string;
  readonly manager: 'CUSTOMER' | 'AWS';
  readonly description: string;
  readonly created: Date;
  /** Ids of its backing keys, oldest first; the last is in use. */
  readonly materialIds: string[];
  state: KeyState;
  deletionDate: Date | undefined;
  policy: PolicyDocument;
  onDemandRotations: number;
}

export const AWS_S3_ALIAS = 'alias/aws/s3';

export class KeyStore {
  readonly #keys = new Map<string, KmsKey>();
  readonly #aliases = new Map<string, string>();

  add(key: KmsKey): void {
    this.#keys.set(key.keyId, key);
  }

  alias(name: string, keyId: string): void {
    this.#aliases.set(name, keyId);
  }

  aliasTarget(name: string): KmsKey | undefined {
    return this.#keys.get(this.#aliases.get(name) ?? '');
  }

  /** By key id, key ARN, alias name or alias ARN. An ARN is of this Region and account or of nothing here. */
  find(reference: string): KmsKey {
    const arn = /^arn:aws:kms:([^:]*):([^:]*):((?:key|alias)\/.+)$/.exec(reference);
    if (reference.startsWith('arn:') && !arn) throw notFound(`Invalid arn ${reference}`);
    const [, region = REGION, account = ACCOUNT_ID, resource = ''] = arn ?? [];
    if (region !== REGION) throw notFound(`Invalid arn ${region}`);
    const name = arn ? resource.replace(/^key\//, '') : reference;
    const isAlias = name.startsWith('alias/');
    const key = isAlias ? this.aliasTarget(name) : this.#keys.get(name);
    if (key && account === ACCOUNT_ID) return key;
    if (isAlias) throw notFound(`Alias ${arn ? reference : aliasArn(name)} is not found.`);
    throw arn || isUuid(reference)
      ? notFound(`Key '${arn ? reference : kmsKeyArn(reference)}' does not exist`)
      : notFound(`Invalid keyId '${reference}'`);
  }

  byMaterial(materialId: string): KmsKey | undefined {
    return [...this.#keys.values()].find((key) => key.materialIds.includes(materialId));
  }
}

const notFound = (message: string): Refusal => new Refusal(400, 'NotFoundException', message);

const isUuid = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);

/** Random bytes as a version 4 UUID (RFC 9562). */
export function uuid(random: Uint8Array): string {
  const b = Uint8Array.from(random);
  b[6] = ((b[6] as number) & 0x0f) | 0x40;
  b[8] = ((b[8] as number) & 0x3f) | 0x80;
  const hex = Array.from(b, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** KMS Developer Guide, "Default key policy": the account may let its own IAM policies decide. */
export const defaultKeyPolicy = (): PolicyDocument => ({
  Version: '2012-10-17',
  Id: 'key-default-1',
  Statement: [
    {
      Sid: 'Enable IAM User Permissions',
      Effect: 'Allow',
      Principal: { AWS: ACCOUNT_ROOT },
      Action: 'kms:*',
      Resource: '*',
    },
  ],
});

/** The policy of `alias/aws/s3`: anyone in the account, but only through S3. */
export const awsS3KeyPolicy = (): PolicyDocument => ({
  Version: '2012-10-17',
  Id: 'auto-s3-2',
  Statement: [
    {
      Sid: 'Allow access through S3 for all principals in the account that are authorized to use S3',
      Effect: 'Allow',
      Principal: { AWS: '*' },
      Action: [
        'kms:Encrypt',
        'kms:Decrypt',
        'kms:ReEncrypt*',
        'kms:GenerateDataKey*',
        'kms:DescribeKey',
      ],
      Resource: '*',
      Condition: {
        StringEquals: { 'kms:CallerAccount': ACCOUNT_ID, 'kms:ViaService': S3_SERVICE },
      },
    },
    {
      Sid: 'Allow direct access to key metadata to the account',
      Effect: 'Allow',
      Principal: { AWS: ACCOUNT_ROOT },
      Action: ['kms:Describe*', 'kms:Get*', 'kms:List*'],
      Resource: '*',
    },
  ],
});

/** Refuses when the key cannot be used for cryptography now. */
export function refuseUnusable(key: KmsKey): void {
  if (key.state === 'Disabled')
    throw new Refusal(400, 'DisabledException', `${key.arn} is disabled.`);
  if (key.state === 'PendingDeletion') {
    throw new Refusal(400, 'KMSInvalidStateException', `${key.arn} is pending deletion.`);
  }
}

/** KeyMetadata as DescribeKey and CreateKey return it. */
export const keyMetadata = (key: KmsKey): Record<string, unknown> => ({
  AWSAccountId: ACCOUNT_ID,
  KeyId: key.keyId,
  Arn: key.arn,
  CreationDate: epochSeconds(key.created),
  Enabled: key.state === 'Enabled',
  Description: key.description,
  KeyUsage: 'ENCRYPT_DECRYPT',
  KeyState: key.state,
  ...(key.deletionDate ? { DeletionDate: epochSeconds(key.deletionDate) } : {}),
  Origin: 'AWS_KMS',
  KeyManager: key.manager,
  CustomerMasterKeySpec: 'SYMMETRIC_DEFAULT',
  KeySpec: 'SYMMETRIC_DEFAULT',
  EncryptionAlgorithms: ['SYMMETRIC_DEFAULT'],
  MultiRegion: false,
  CurrentKeyMaterialId: key.materialIds.at(-1),
});
