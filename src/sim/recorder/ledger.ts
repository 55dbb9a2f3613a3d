// The register of secrets and sealed things, and the search for them in bytes.
import { fromUtf8 } from '../crypto/bytes';
import {
  type Bytes,
  type Headers,
  type NamedBytes,
  SECRET_KINDS,
  type Sealed,
  type Secret,
  type SecretId,
  type SecretKind,
} from '../types';
import { SecretSearch } from './search';
import type { Snapshots } from './snapshots';

interface Derivation {
  readonly from: SecretId;
  readonly outputs: readonly Bytes[];
}

export class Ledger {
  readonly secrets: Secret[] = [];
  readonly sealed: Sealed[] = [];
  readonly #search = new SecretSearch();
  readonly #byBytes = new Map<Bytes, SecretId>();
  readonly #sealedByBytes = new Map<Bytes, string>();
  readonly #scans = new Map<Bytes, { size: number; found: ReadonlySet<string> }>();
  readonly #counts = new Map<SecretKind, number>();
  readonly #derivations: Derivation[] = [];
  readonly #pairs = new Map<Bytes, Bytes>();
  readonly #snapshots: Snapshots;
  #size = 0;

  constructor(snapshots: Snapshots) {
    this.#snapshots = snapshots;
  }

  /** Names a secret, or finds the name it has. */
  secret(kind: SecretKind, bytes: Bytes): SecretId {
    const recorded = this.#snapshots.take(bytes);
    const known = this.#byBytes.get(recorded);
    if (known) return known;
    const count = (this.#counts.get(kind) ?? 0) + 1;
    this.#counts.set(kind, count);
    const id = `${SECRET_KINDS[kind]}${count}`;
    const derivedFrom = this.#derivations.find((d) => d.outputs.includes(recorded))?.from;
    this.secrets.push({ id, kind, bytes: recorded, derivedFrom });
    this.#byBytes.set(recorded, id);
    this.#add(id, recorded);
    return id;
  }

  /** How many byte strings can be found. */
  get size(): number {
    return this.#size;
  }

  nameOf(bytes: Bytes): string | undefined {
    return this.#byBytes.get(bytes) ?? this.#sealedByBytes.get(bytes);
  }

  /** Remembers that `outputs` came out of a derivation from `key`, for when they are named. */
  derived(key: Bytes | undefined, outputs: NamedBytes): void {
    const from = key && this.#byBytes.get(key);
    if (from) this.#derivations.push({ from, outputs: Object.values(outputs) });
  }

  /** Remembers which private key opens what a public key seals. */
  paired(publicKey: Bytes, privateKey: Bytes): void {
    this.#pairs.set(publicKey, privateKey);
  }

  /**
   * Registers what a wrapping or encrypting deed made: each output of its ciphertext is found from now on.
   * `forms` are the ciphertext and, where it is carried in one, the blob around it.
   */
  sealing(plaintext: Bytes | undefined, key: Bytes | undefined, forms: readonly Bytes[]): void {
    // RSA wraps the data key inside a slightly longer block: then the secret found in it is what is sealed.
    const seals = plaintext && (this.nameOf(plaintext) ?? [...this.find(plaintext)][0]);
    const under = key && this.#byBytes.get(this.#pairs.get(key) ?? key);
    if (!seals || !under) return;
    const root = this.#rootOf(under);
    const base = `${seals}<${root}`;
    if (forms.some((form) => this.#sealedByBytes.has(form))) return;
    const again = this.sealed.filter((s) => s.seals === seals && s.under === root).length;
    const id = again === 0 ? base : `${base}#${again + 1}`;
    this.sealed.push({ id, seals, under: root, length: forms[0]?.length ?? 0, altered: false });
    for (const form of forms) {
      this.#sealedByBytes.set(form, id);
      this.#add(id, form);
    }
  }

  /** Registers what a sealed thing became when its bytes were changed. */
  altered(before: Bytes | undefined, after: Bytes | undefined): void {
    const original = this.sealed.find((s) => before && s.id === this.#sealedByBytes.get(before));
    if (!original || !after || this.#sealedByBytes.has(after)) return;
    const id = `${original.id}~`;
    this.sealed.push({ ...original, id, altered: true });
    this.#sealedByBytes.set(after, id);
    this.#add(id, after);
  }

  /** Ids of secrets and sealed things that occur in recorded bytes. */
  find(recorded: Bytes): ReadonlySet<string> {
    const cached = this.#scans.get(recorded);
    if (cached && cached.size === this.#size) return cached.found;
    const found = this.#search.find(recorded);
    this.#scans.set(recorded, { size: this.#size, found });
    return found;
  }

  /** As `find`, over a whole message: path, header values and body. */
  findInMessage(path: string, headers: Headers, body: Bytes): Set<string> {
    const head = fromUtf8([path, ...Object.values(headers)].join('\n'));
    const found = this.#search.find(head);
    for (const id of this.find(body)) found.add(id);
    return found;
  }

  isSecret(id: string): boolean {
    return !id.includes('<');
  }

  #rootOf(id: SecretId): SecretId {
    const parent = this.secrets.find((s) => s.id === id)?.derivedFrom;
    return parent ? this.#rootOf(parent) : id;
  }

  #add(id: string, bytes: Bytes): void {
    this.#search.add(id, bytes);
    this.#size++;
  }
}
