// KMS keys as KMS keeps them: a name, a policy, a state and references to key material. No key material.

import { epochSeconds } from '../clock';
import { toHex } from '../crypto/bytes';
import type { PolicyDocument } from '../iam/policy';
import { ACCOUNT_ID, aliasArn, kmsKeyArn, REGION } from '../names';
import { Refusal } from '../refusal';
import type { Grant } from './grants';

export type KeyState = 'Enabled' | 'Disabled' | 'PendingDeletion' | 'PendingImport';

/** One backing key of a KMS key, by its id. The bytes are in the HSM. */
export interface KeyMaterial {
  readonly id: string;
  state: 'CURRENT' | 'NON_CURRENT' | 'PENDING_ROTATION';
  /** When and how it came into use; the first key material was never rotated in. */
  rotation: { readonly date: Date; readonly type: 'AUTOMATIC' | 'ON_DEMAND' } | undefined;
  /** Of imported key material only. `present`: the HSM has it, it neither expired nor was deleted. */
  imported: Imported | undefined;
}

export interface Imported {
  present: boolean;
  validTo: Date | undefined;
  description: string | undefined;
}

export interface KmsKey {
  readonly keyId: string;
  readonly arn: string;
  readonly manager: 'CUSTOMER' | 'AWS';
  readonly origin: 'AWS_KMS' | 'EXTERNAL';
  readonly created: Date;
  /** Oldest first. */
  readonly materials: KeyMaterial[];
  description: string;
  state: KeyState;
  deletionDate: Date | undefined;
  policy: PolicyDocument;
  /** The policy's own text, as it was put. */
  policyText: string;
  /** Automatic rotation, if it is on. */
  rotation: { readonly days: number; readonly next: Date } | undefined;
  onDemandRotations: number;
  readonly tags: Map<string, string>;
  readonly grants: Grant[];
}

export interface Alias {
  readonly name: string;
  readonly created: Date;
  keyId: string;
  updated: Date;
}

/** A wrapping key pair made for one import, named by the import token. */
export interface ImportParameters {
  readonly key: KmsKey;
  readonly wrappingKeyId: string;
  readonly algorithm: string;
  readonly validTo: Date;
  /** The HSM forgot the private key. */
  expired: boolean;
}

export const AWS_S3_ALIAS = 'alias/aws/s3';

export class KeyStore {
  readonly #keys = new Map<string, KmsKey>();
  readonly #aliases = new Map<string, Alias>();
  readonly #byMaterial = new Map<string, KmsKey>();
  /** By import token, in base64. */
  readonly imports = new Map<string, ImportParameters>();

  add(key: KmsKey): void {
    this.#keys.set(key.keyId, key);
    for (const { id } of key.materials) this.#byMaterial.set(id, key);
  }

  addMaterial(key: KmsKey, material: KeyMaterial): void {
    key.materials.push(material);
    this.#byMaterial.set(material.id, key);
  }

  /** The key, its aliases and its grants are gone, and no blob leads to it any more. */
  remove(key: KmsKey): void {
    this.#keys.delete(key.keyId);
    for (const { id } of key.materials) this.#byMaterial.delete(id);
    for (const { name } of this.aliases()) {
      if (this.#aliases.get(name)?.keyId === key.keyId) this.#aliases.delete(name);
    }
    for (const [token, { key: its }] of this.imports) if (its === key) this.imports.delete(token);
  }

  /** Oldest first. */
  all(): readonly KmsKey[] {
    return [...this.#keys.values()];
  }

  setAlias(name: string, keyId: string, now: Date): void {
    const created = this.#aliases.get(name)?.created ?? now;
    this.#aliases.set(name, { name, keyId, created, updated: now });
  }

  removeAlias(name: string): void {
    this.#aliases.delete(name);
  }

  /** By name. */
  aliases(): readonly Alias[] {
    return [...this.#aliases.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  aliasTarget(name: string): KmsKey | undefined {
    return this.#keys.get(this.#aliases.get(name)?.keyId ?? '');
  }

  aliasesOf({ keyId }: KmsKey): readonly string[] {
    return this.aliases().flatMap((alias) => (alias.keyId === keyId ? [alias.name] : []));
  }

  /**
   * By key id, key ARN, alias name or alias ARN. An ARN is of this Region and account or of nothing here; a name without
   * one is looked up in the caller's account. (facts §1.1)
   */
  find(reference: string, callerAccount: string = ACCOUNT_ID): KmsKey {
    const arn = /^arn:aws:kms:([^:]*):([^:]*):((?:key|alias)\/.+)$/.exec(reference);
    if (reference.startsWith('arn:') && !arn) throw notFound(`Invalid arn ${reference}`);
    const [, region = REGION, account = callerAccount, resource = ''] = arn ?? [];
    if (region !== REGION) throw notFound(`Invalid arn ${region}`);
    const name = arn ? resource.replace(/^key\//, '') : reference;
    const isAlias = name.startsWith('alias/');
    const key = isAlias ? this.aliasTarget(name) : this.#keys.get(name);
    if (key && account === ACCOUNT_ID) return key;
    if (isAlias) throw notFound(`Alias ${arn ? reference : aliasArn(name, account)} is not found.`);
    throw arn || isUuid(reference)
      ? notFound(`Key '${arn ? reference : kmsKeyArn(reference, account)}' does not exist`)
      : notFound(`Invalid keyId '${reference}'`);
  }

  /**
   * By key id or key ARN, as every operation takes it that manages a key. KMS resolves an alias only where it encrypts
   * or describes; its words here are modelled.
   */
  findByKeyId(reference: string, callerAccount: string = ACCOUNT_ID): KmsKey {
    if (/^(arn:aws:kms:[^:]*:[^:]*:)?alias\//.test(reference)) {
      throw notFound(`Invalid keyId '${reference}'`);
    }
    return this.find(reference, callerAccount);
  }

  byMaterial(materialId: string): KmsKey | undefined {
    return this.#byMaterial.get(materialId);
  }
}

export const notFound = (message: string): Refusal =>
  new Refusal(400, 'NotFoundException', message);

const isUuid = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);

/** Random bytes as a version 4 UUID (RFC 9562). */
export function uuid(random: Uint8Array): string {
  const b = Uint8Array.from(random);
  b[6] = ((b[6] as number) & 0x0f) | 0x40;
  b[8] = ((b[8] as number) & 0x3f) | 0x80;
  const hex = toHex(b);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20),
  ].join('-');
}

export const currentMaterial = (key: KmsKey): KeyMaterial | undefined =>
  key.materials.find(({ state }) => state === 'CURRENT');

/** `ExpirationModel` and `ValidTo` of imported key material that is there. */
export function expiration(material: KeyMaterial | undefined): Record<string, unknown> {
  if (!material?.imported?.present) return {};
  const { validTo } = material.imported;
  return validTo
    ? { ValidTo: epochSeconds(validTo), ExpirationModel: 'KEY_MATERIAL_EXPIRES' }
    : { ExpirationModel: 'KEY_MATERIAL_DOES_NOT_EXPIRE' };
}

/** KeyMetadata as DescribeKey and CreateKey return it. */
export function keyMetadata(key: KmsKey): Record<string, unknown> {
  const current = currentMaterial(key);
  return {
    AWSAccountId: ACCOUNT_ID,
    KeyId: key.keyId,
    Arn: key.arn,
    CreationDate: epochSeconds(key.created),
    Enabled: key.state === 'Enabled',
    Description: key.description,
    KeyUsage: 'ENCRYPT_DECRYPT',
    KeyState: key.state,
    ...(key.deletionDate ? { DeletionDate: epochSeconds(key.deletionDate) } : {}),
    ...expiration(current),
    Origin: key.origin,
    KeyManager: key.manager,
    CustomerMasterKeySpec: 'SYMMETRIC_DEFAULT',
    KeySpec: 'SYMMETRIC_DEFAULT',
    EncryptionAlgorithms: ['SYMMETRIC_DEFAULT'],
    MultiRegion: false,
    ...(current ? { CurrentKeyMaterialId: current.id } : {}),
  };
}
