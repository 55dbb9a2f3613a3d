// IP addresses and ranges, for the condition operators IpAddress and NotIpAddress. (RFC 4291 §2.2, RFC 4632 §3.1)

interface Address {
  readonly bits: 32 | 128;
  readonly value: bigint;
}

function parseV4(text: string): bigint | undefined {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256))
    return undefined;
  return parts.reduce((value, part) => (value << 8n) | BigInt(part), 0n);
}

/** `::` once, for as many groups of zeros as are missing. */
function parseV6(text: string): bigint | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const [head = [], tail = []] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const missing = 8 - head.length - tail.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined;
  const groups = [...head, ...Array<string>(missing).fill('0'), ...tail];
  if (!groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return undefined;
  return groups.reduce((value, group) => (value << 16n) | BigInt(`0x${group}`), 0n);
}

function parse(text: string): Address | undefined {
  const v4 = parseV4(text);
  if (v4 !== undefined) return { bits: 32, value: v4 };
  const v6 = parseV6(text);
  return v6 === undefined ? undefined : { bits: 128, value: v6 };
}

/** Is the address in the range (`203.0.113.0/24`, `2001:db8::/32`, or one address)? Undefined: one of them is none. */
export function isInRange(address: string, range: string): boolean | undefined {
  const [network = '', prefix] = range.split('/');
  const from = parse(network);
  const it = parse(address);
  const length = prefix === undefined ? from?.bits : Number(prefix);
  if (!from || !it || length === undefined || !/^\d*$/.test(prefix ?? '') || length > from.bits)
    return undefined;
  const rest = BigInt(from.bits - length);
  return from.bits === it.bits && from.value >> rest === it.value >> rest;
}
