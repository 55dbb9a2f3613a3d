// The shelf inside the HSM where key material lies, by its id.
import type { BackingKey, Bytes, Desk } from '../types';

export class BackingKeys {
  readonly #keys = new Map<string, BackingKey>();

  get(id: string): BackingKey | undefined {
    return this.#keys.get(id);
  }

  keep(desk: Desk, id: string, backingKey: Bytes): void {
    this.#keys.set(id, backingKey as BackingKey);
    desk.holds('backing key', backingKey);
    desk.keeps('backing keys', [...this.#keys.values()]);
  }

  /** Zeroed: whatever it sealed can never be opened again. */
  destroy(desk: Desk, id: string): void {
    const backingKey = this.#keys.get(id);
    if (!backingKey) return;
    this.#keys.delete(id);
    desk.keeps('backing keys', [...this.#keys.values()]);
    desk.forgets('backing key', backingKey);
  }
}
