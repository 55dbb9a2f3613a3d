// A failed decryption never says why: a wrong key, a wrong iv, a wrong aad and changed bytes look the same.

export class DecryptionFailed extends Error {
  constructor() {
    super('decryption failed');
    this.name = 'DecryptionFailed';
  }
}

/** Runs WebCrypto work; its OperationError and DataError become `DecryptionFailed`, anything else is our bug. */
export async function attempt<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const name = (error as { name?: string }).name;
    if (name === 'OperationError' || name === 'DataError') throw new DecryptionFailed();
    throw error;
  }
}
