// A recording does not change: everything in it is frozen, but for byte strings, which JavaScript cannot freeze and
// which are copies of the recording's own.

/** Freezes records and lists through and through. What is frozen already is taken to be so inside, too. */
export function freezeDeep<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  if (ArrayBuffer.isView(value) || Object.isFrozen(value)) return value;
  for (const name in value) {
    const inside: unknown = value[name];
    if (typeof inside === 'object') freezeDeep(inside);
  }
  return Object.freeze(value);
}
