// verify.sh: every deed that OpenSSL's command line can do, as a line of shell; then verify.mjs for all of them.
import type { FiledDeed } from './archive';

const HEAD = String.raw`#!/bin/sh
# Computes the values of this run again: with OpenSSL, and then all of them, tags included, with Node's own crypto
# (verify.mjs). Nothing of Sealed takes part. Prints PASS or FAIL for each step; ends with 1 if anything failed.
#   sh verify.sh
cd "$(dirname "$0")" || exit 2
failed=0
hex() { od -An -v -tx1 "$1" | tr -d ' \n'; }
size() { wc -c < "$1" | tr -d ' '; }
# same STEP NAME FILE [BYTES]: what comes in is what the file holds, or its first bytes.
same() {
  if [ -n "$4" ]; then head -c "$4" "$3"; else cat "$3"; fi > .expected
  if cmp -s - .expected; then echo "PASS $1  $2  (openssl)"; else echo "FAIL $1  $2  (openssl)"; failed=1; fi
}
ctr() { openssl enc -aes-256-ctr -K "$(hex "$1")" -iv "$(hex "$2")00000002"; }
# AES-256-GCM is counter mode from iv 00000002 on, and a tag of 16 bytes, which OpenSSL's command line does not do.
seals() { ctr "$3" "$4" < "$5" | same "$1" "$2" "$6" "$(size "$5")"; }
opens() { head -c "$(size "$6")" "$5" | ctr "$3" "$4" | same "$1" "$2" "$6"; }
wraps() { openssl enc -e -id-aes256-wrap -K "$(hex "$3")" -iv a6a6a6a6a6a6a6a6 -in "$4" | same "$1" "$2" "$5"; }
unwraps() { openssl enc -d -id-aes256-wrap -K "$(hex "$3")" -iv a6a6a6a6a6a6a6a6 -in "$4" | same "$1" "$2" "$5"; }
hmac() { openssl dgst -sha256 -mac HMAC -macopt "hexkey:$(hex "$3")" -binary "$4" | same "$1" "$2" "$5"; }
# SP 800-108, counter mode: one block, 00000001, label, 00, nonce, 00000100 (bits).
kdf() {
  { printf '\000\000\000\001'; cat "$4"; printf '\000'; cat "$5"; printf '\000\000\001\000'; } > .input
  openssl dgst -sha256 -mac HMAC -macopt "hexkey:$(hex "$3")" -binary .input | same "$1" "$2" "$6"
}
hkdf() {
  openssl kdf -binary -keylen "$(size "$6")" -kdfopt digest:SHA512 -kdfopt "hexkey:$(hex "$3")" \
    -kdfopt "hexsalt:$(hex "$4")" -kdfopt "hexinfo:$(hex "$5")" HKDF | same "$1" "$2" "$6"
}
if openssl version 2>/dev/null | grep -q '^OpenSSL 3'; then
`;

const TAIL = `else
  echo "---- no OpenSSL 3 here: its part is left out"
fi
rm -f .expected .input
if command -v node >/dev/null; then
  node verify.mjs || failed=1
else
  echo "FAIL no Node here: tags, checksums and RSA are not checked"
  failed=1
fi
exit $failed
`;

/** Function of the script, and the values it reads and makes, by name. */
type Line = readonly [string, ...string[]];

function lineOf({ algorithm, inputs, failed }: FiledDeed): Line | undefined {
  if (failed) return undefined; // that something does not open is seen by its tag
  switch (algorithm) {
    case 'AES-256-GCM':
      return inputs.plaintext
        ? ['seals', 'key', 'iv', 'plaintext', 'ciphertext']
        : ['opens', 'key', 'iv', 'ciphertext', 'plaintext'];
    case 'AES-256 key wrap (RFC 3394)':
      return inputs.plaintext
        ? ['wraps', 'key', 'plaintext', 'ciphertext']
        : ['unwraps', 'key', 'ciphertext', 'plaintext'];
    case 'HMAC-SHA-256':
      return ['hmac', 'salt', 'customerKey', 'mac'];
    case 'SP 800-108 counter mode, HMAC-SHA-256':
      return ['kdf', 'key', 'label', 'nonce', 'derivedKey'];
    case 'HKDF-SHA-512':
      return ['hkdf', 'key', 'salt', 'info', 'okm'];
    default:
      return undefined;
  }
}

export function verifySh(deeds: readonly FiledDeed[]): string {
  const lines = deeds.flatMap((deed) => {
    const line = lineOf(deed);
    if (!line) return [];
    const [name, ...values] = line;
    const files = values.map((value) => deed.inputs[value] ?? deed.outputs[value] ?? '');
    return [`  ${name} ${deed.step} '${deed.key}' ${files.join(' ')}\n`];
  });
  return `${HEAD}${lines.join('') || '  :\n'}${TAIL}`;
}
