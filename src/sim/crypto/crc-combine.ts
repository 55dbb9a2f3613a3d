// The CRC of two texts in a row from the CRC of each and the length of the second, without their bytes: the first is
// moved on by that many zero bytes, which is a multiplication modulo the polynomial, and the second is added.
// All three CRCs here are reflected and begin and end with all ones. (M. Adler's crc32_combine in zlib)
import { fromBase64, toBase64 } from './bytes';

export interface CrcKind {
  /** In bits: 32 or 64. */
  readonly width: number;
  /** Reflected: the coefficient of x^0 is the highest bit. */
  readonly polynomial: bigint;
}

function multiply(a: bigint, b: bigint, { width, polynomial }: CrcKind): bigint {
  let product = 0n;
  let shifted = b;
  for (let bit = 1n << BigInt(width - 1); bit > 0n; bit >>= 1n) {
    if (a & bit) product ^= shifted;
    shifted = shifted & 1n ? (shifted >> 1n) ^ polynomial : shifted >> 1n;
  }
  return product;
}

/** x^(8 · bytes) modulo the polynomial. */
function powerOf(bytes: number, kind: CrcKind): bigint {
  let result = 1n << BigInt(kind.width - 1);
  let square = result >> 8n;
  for (let rest = bytes; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result = multiply(result, square, kind);
    square = multiply(square, square, kind);
  }
  return result;
}

const toInteger = (base64: string): bigint =>
  fromBase64(base64).reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);

const fromInteger = (value: bigint, width: number): string =>
  toBase64(
    Uint8Array.from({ length: width / 8 }, (_, i) =>
      Number((value >> BigInt(width - 8 - 8 * i)) & 0xffn),
    ),
  );

/** Base64 of big-endian CRCs, of pieces in their order, with the length of each in bytes. */
export function combinedCrc(
  pieces: readonly { readonly crc: string; readonly length: number }[],
  kind: CrcKind,
): string {
  const powers = new Map<number, bigint>();
  const powerFor = (length: number): bigint => {
    const power = powers.get(length) ?? powerOf(length, kind);
    powers.set(length, power);
    return power;
  };
  const all = pieces.reduce(
    (sum, { crc, length }) => multiply(powerFor(length), sum, kind) ^ toInteger(crc),
    0n,
  );
  return fromInteger(all, kind.width);
}
