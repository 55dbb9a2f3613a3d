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
  secrets: Secret[] = [];
  sealed: Sealed[] = [];
  #search = new SecretSearch();
  readonly #byBytes = new Map<Bytes, SecretId>();
  readonly #sealedByBytes = new Map<Bytes, string>();
  readonly #scans = new Map<Bytes, { size: number; found: ReadonlySet<string> }>();
  readonly #counts = new Map<SecretKind, number>();
  /** How often a secret has been sealed under a key. */
  readonly #sealings = new Map<string, number>();
  #derivations: Derivation[] = [];
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
    const count = this.#countSealing(base);
    const id = count === 1 ? base : `${base}#${count}`;
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
    this.#countSealing(`${original.seals}<${original.under}`);
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

  /** As `find`, for bytes that are not recorded. */
  findOnce(bytes: Bytes): ReadonlySet<string> {
    return this.#search.find(bytes);
  }

  /** As `find`, over a whole message: path, header values and body. */
  findInMessage(path: string, headers: Headers, body: Bytes): Set<string> {
    const head = fromUtf8([path, ...Object.values(headers)].join('\n'));
    const found = this.#search.find(head);
    for (const id of this.find(body)) found.add(id);
    return found;
  }

  lengthOf(id: SecretId): number | undefined {
    return this.secrets.find((secret) => secret.id === id)?.bytes.length;
  }

  isSecret(id: string): boolean {
    return !id.includes('<');
  }

  #countSealing(base: string): number {
    const count = (this.#sealings.get(base) ?? 0) + 1;
    this.#sealings.set(base, count);
    return count;
  }

  /** These ids, what is sealed in them and under what, and what those keys were derived from. */
  closure(ids: Iterable<string>): ReadonlySet<string> {
    const secrets = new Map(this.secrets.map((secret) => [secret.id, secret]));
    const sealed = new Map(this.sealed.map((one) => [one.id, one]));
    const all = new Set(ids);
    // A set hands out what is added to it while it is walked through.
    for (const id of all) {
      const { seals, under } = sealed.get(id) ?? {};
      for (const more of [seals, under, secrets.get(id)?.derivedFrom])
        if (more !== undefined) all.add(more);
    }
    return all;
  }

  /** Forgets all but these: they are no longer found. Names are not given again. */
  retain(kept: ReadonlySet<string>): void {
    this.secrets = this.secrets.filter(({ id }) => kept.has(id));
    this.sealed = this.sealed.filter(({ id }) => kept.has(id));
    this.#search = new SecretSearch();
    this.#size = 0;
    this.#scans.clear();
    for (const register of [this.#byBytes, this.#sealedByBytes])
      for (const [bytes, id] of register) {
        if (kept.has(id)) this.#add(id, bytes);
        else register.delete(bytes);
      }
    for (const base of this.#sealings.keys())
      if (!base.split('<').every((id) => kept.has(id))) this.#sealings.delete(base);
    this.#derivations = this.#derivations.filter(
      ({ from, outputs }) => kept.has(from) && outputs.some((bytes) => this.#byBytes.has(bytes)),
    );
    for (const [publicKey, privateKey] of this.#pairs)
      if (!this.#byBytes.has(privateKey)) this.#pairs.delete(publicKey);
  }

  /** All byte strings that can be found. */
  *registered(): Iterable<Bytes> {
    yield* this.#byBytes.keys();
    yield* this.#sealedByBytes.keys();
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
