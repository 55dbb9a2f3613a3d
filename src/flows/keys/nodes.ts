// The keys that there are, as nodes in the order in which they were first seen. KMS is asked for its own; a bucket key is
// seen on the disks, sealed, beside the first object that hangs under it.
import {
  AT_REST,
  type Desk,
  fromBase64,
  KEPT_MILLISECONDS,
  readBlob,
  type StoredRecord,
  toHex,
} from '../../sim';
import { askKmsAsAdmin } from '../admin';
import type { KmsKeyId, OwnKeyId } from './groups';
import { type KeyNode, type KmsKeyState, NONE } from './types';

const CSE_KEY = 'x-amz-meta-x-amz-key-v2';
const CSE_WRAP = 'x-amz-meta-x-amz-wrap-alg';

/** Indexes of the keys that an object hangs under. */
export interface Place {
  readonly under: number;
  readonly outer: number;
}

export class Nodes {
  readonly #nodes: KeyNode[] = [];
  readonly #at = new Map<string, number>();
  readonly #byMaterial = new Map<string, string>();
  readonly #byBlob = new Map<string, string>();

  all(): readonly KeyNode[] {
    return [...this.#nodes];
  }

  get(id: string): KeyNode | undefined {
    return this.#nodes[this.#at.get(id) ?? -1];
  }

  set(node: KeyNode): void {
    const at = this.#at.get(node.id) ?? this.#nodes.length;
    this.#at.set(node.id, at);
    this.#nodes[at] = node;
  }

  indexOf(id: string): number {
    const at = this.#at.get(id);
    if (at === undefined) throw new Error(`no key ${id}`);
    return at;
  }

  /** What KMS says of a key now; of one that is gone, that it is gone. */
  async look(you: Desk, key: KmsKeyId, arn: string): Promise<void> {
    const described = await askKmsAsAdmin(you, 'DescribeKey', { KeyId: arn });
    const metadata = described.KeyMetadata as
      | { readonly KeyState: KmsKeyState; readonly DeletionDate?: number }
      | undefined;
    const date = metadata?.DeletionDate;
    this.set({
      kind: 'kms key',
      id: key,
      key,
      arn,
      state: metadata?.KeyState ?? 'Deleted',
      deletion: date === undefined ? undefined : date * 1000,
    });
    if (!metadata) return;
    const { Rotations } = await askKmsAsAdmin(you, 'ListKeyRotations', {
      KeyId: arn,
      IncludeKeyMaterial: 'ALL_KEY_MATERIAL',
    });
    const materials = Rotations as readonly { KeyMaterialId: string; KeyMaterialState: string }[];
    for (const [i, { KeyMaterialId: materialId, KeyMaterialState }] of materials.entries()) {
      const version = i + 1;
      const id = `${key}.${version}`;
      const isCurrent = KeyMaterialState === 'CURRENT';
      this.#byMaterial.set(materialId, id);
      this.set({ kind: 'version', id, key, version, materialId, isCurrent });
    }
  }

  own(key: OwnKeyId, isLost: boolean): void {
    this.set({ kind: 'own key', id: key, key, isLost });
  }

  /** Which keys an object's own data key and its outer layer hang under; `now` in milliseconds since 1970. */
  placeOf({ metadata }: StoredRecord, now: number): Place {
    const server = this.#serverSide(metadata, now);
    const sealed = metadata[CSE_KEY];
    if (sealed !== undefined) {
      const isKms = metadata[CSE_WRAP]?.startsWith('kms') ?? false;
      const under = isKms ? this.#ofBlob(sealed) : 'wrapping';
      return { under: this.indexOf(under), outer: this.indexOf(server) };
    }
    const outer = metadata[AT_REST.outerWrappedKey] === undefined ? NONE : this.#root();
    return { under: this.indexOf(server), outer };
  }

  #root(): number {
    if (!this.#at.has('root')) this.set({ kind: 'root key', id: 'root' });
    return this.indexOf('root');
  }

  /** The key material that sealed a blob: it names it. */
  #ofBlob(blob: string): string {
    const parts = readBlob(fromBase64(blob));
    const id = parts && this.#byMaterial.get(toHex(parts.materialId));
    if (id === undefined)
      throw new Error('a data key was sealed with key material that KMS does not list');
    return id;
  }

  #serverSide(metadata: StoredRecord['metadata'], now: number): string {
    if (metadata[AT_REST.customerKeySalt] !== undefined) return 'customer';
    const bucketKey = metadata[AT_REST.bucketKeyBlob];
    if (bucketKey !== undefined) {
      const known = this.#byBlob.get(bucketKey);
      if (known) return known;
      const id = `bucket.${this.#byBlob.size + 1}`;
      this.#byBlob.set(bucketKey, id);
      const version = this.#ofBlob(bucketKey);
      this.set({ kind: 'bucket key', id, version, until: now + KEPT_MILLISECONDS });
      return id;
    }
    if (metadata[AT_REST.kmsKey] !== undefined)
      return this.#ofBlob(metadata[AT_REST.wrappedKey] ?? '');
    this.#root();
    return 'root';
  }
}
