// Commands that compute what a deed computed, with tools that are not ours: OpenSSL on a command line, Node's crypto,
// Python's cryptography. Made from the deed's own recorded bytes; each prints hex, to be compared with what is recorded.
import {
  type Bytes,
  type DeedStep,
  fromBase64,
  fromHex,
  rsaPrivateKeyDer,
  toBase64,
  toHex,
  toUtf8,
} from '../sim';
import type { Tool } from './types';

export interface Outside {
  readonly commands: Readonly<Partial<Record<Tool, string>>>;
  /** What each command prints; that of OpenSSL where it is another: AES-GCM by counter mode has no tag. */
  readonly prints: Bytes;
  readonly opensslPrints: Bytes;
}

/** Longer bytes do not go on a command line. */
export const LONGEST = 2048;
const TAG_BYTES = 16;

const hexed = (bytes: Bytes): string => toHex(bytes);

/** Bytes for a command that reads them; nothing is needed but OpenSSL and a shell. */
const feed = (hex: string): string =>
  `printf %s '${toBase64(fromHex(hex))}' | openssl base64 -d -A`;
const PRINT = "od -An -v -tx1 | tr -d ' \\n'";

const inNode = (code: string): string =>
  `node -e 'const c = require("crypto"), b = (hex) => Buffer.from(hex, "hex");\n${code}'`;
const inPython = (imports: string, code: string): string =>
  `python3 -c '${imports}\nb = bytes.fromhex\n${code}'`;

const same = (commands: Outside['commands'], prints: Bytes): Outside => ({
  commands,
  prints,
  opensslPrints: prints,
});

type Recipe = (deed: DeedStep) => Outside | undefined;

/** An input or output that this algorithm always has. */
function named({ inputs, outputs }: DeedStep, name: string): Bytes {
  const bytes = inputs[name] ?? outputs[name];
  if (!bytes) throw new Error(`a deed lacks ${name}`);
  return bytes;
}

const gcm: Recipe = (deed) => {
  const seals = deed.inputs.plaintext !== undefined;
  const [key, iv, aad] = ['key', 'iv', 'aad'].map((name) => hexed(named(deed, name)));
  const plaintext = named(deed, 'plaintext');
  const ciphertext = named(deed, 'ciphertext');
  const body = ciphertext.slice(0, -TAG_BYTES);
  const tag = ciphertext.slice(-TAG_BYTES);
  const given = hexed(seals ? plaintext : body);
  const aesGcm = 'from cryptography.hazmat.primitives.ciphers.aead import AESGCM';
  return {
    commands: {
      openssl: `${feed(given)} |\n  openssl enc -aes-256-ctr -K ${key} -iv ${iv}00000002 | ${PRINT}`,
      node: seals
        ? inNode(
            `const s = c.createCipheriv("aes-256-gcm", b("${key}"), b("${iv}")).setAAD(b("${aad}"));\nconsole.log(Buffer.concat([s.update(b("${given}")), s.final(), s.getAuthTag()]).toString("hex"));`,
          )
        : inNode(
            `const o = c.createDecipheriv("aes-256-gcm", b("${key}"), b("${iv}")).setAAD(b("${aad}")).setAuthTag(b("${hexed(tag)}"));\nconsole.log(Buffer.concat([o.update(b("${given}")), o.final()]).toString("hex"));`,
          ),
      python: inPython(
        aesGcm,
        `print(AESGCM(b("${key}")).${seals ? 'encrypt' : 'decrypt'}(b("${iv}"), b("${hexed(seals ? plaintext : ciphertext)}"), b("${aad}")).hex())`,
      ),
    },
    prints: seals ? ciphertext : plaintext,
    opensslPrints: seals ? body : plaintext,
  };
};

const keyWrap: Recipe = (deed) => {
  const wraps = deed.inputs.plaintext !== undefined;
  const key = hexed(named(deed, 'key'));
  const given = hexed(named(deed, wraps ? 'plaintext' : 'ciphertext'));
  const iv = 'a6a6a6a6a6a6a6a6';
  return same(
    {
      openssl: `${feed(given)} |\n  openssl enc ${wraps ? '-e' : '-d'} -id-aes256-wrap -K ${key} -iv ${iv} | ${PRINT}`,
      node: inNode(
        `const w = c.create${wraps ? 'Cipheriv' : 'Decipheriv'}("id-aes256-wrap", b("${key}"), b("${iv}"));\nconsole.log(Buffer.concat([w.update(b("${given}")), w.final()]).toString("hex"));`,
      ),
      python: inPython(
        `from cryptography.hazmat.primitives.keywrap import aes_key_${wraps ? 'wrap' : 'unwrap'} as f`,
        `print(f(b("${key}"), b("${given}")).hex())`,
      ),
    },
    named(deed, wraps ? 'ciphertext' : 'plaintext'),
  );
};

const hmacOf = (key: string, data: string, prints: Bytes): Outside =>
  same(
    {
      openssl: `${feed(data)} |\n  openssl dgst -sha256 -mac HMAC -macopt hexkey:${key} -binary | ${PRINT}`,
      node: inNode(
        `console.log(c.createHmac("sha256", b("${key}")).update(b("${data}")).digest("hex"));`,
      ),
      python: inPython(
        'import hmac',
        `print(hmac.new(b("${key}"), b("${data}"), "sha256").hexdigest())`,
      ),
    },
    prints,
  );

const customerKeyHmac: Recipe = (deed) =>
  hmacOf(hexed(named(deed, 'salt')), hexed(named(deed, 'customerKey')), named(deed, 'mac'));

/** HMAC(key, 00000001 ‖ label ‖ 00 ‖ nonce ‖ 00000100) */
const counterModeKdf: Recipe = (deed) => {
  const [label, nonce] = ['label', 'nonce'].map((name) => hexed(named(deed, name)));
  const data = `00000001${label}00${nonce}00000100`;
  return hmacOf(hexed(named(deed, 'key')), data, named(deed, 'derivedKey'));
};

const hkdf: Recipe = (deed) => {
  const [key, salt, info] = ['key', 'salt', 'info'].map((name) => hexed(named(deed, name)));
  const okm = named(deed, 'okm');
  return same(
    {
      openssl: `openssl kdf -binary -keylen ${okm.length} -kdfopt digest:SHA512 -kdfopt hexkey:${key} \\\n  -kdfopt hexsalt:${salt} -kdfopt hexinfo:${info} HKDF | ${PRINT}`,
      node: inNode(
        `console.log(Buffer.from(c.hkdfSync("sha512", b("${key}"), b("${salt}"), b("${info}"), ${okm.length})).toString("hex"));`,
      ),
      python: inPython(
        'from cryptography.hazmat.primitives.hashes import SHA512\nfrom cryptography.hazmat.primitives.kdf.hkdf import HKDF',
        `print(HKDF(SHA512(), ${okm.length}, b("${salt}"), b("${info}")).derive(b("${key}")).hex())`,
      ),
    },
    okm,
  );
};

/** Of sealing there is nothing to compute again: OAEP draws a seed, and only the private key tells what is inside. */
const rsaOaep: Recipe = (deed) => {
  if (deed.inputs.privateKey === undefined) return undefined;
  const jwk = toUtf8(named(deed, 'privateKey'));
  const given = hexed(named(deed, 'ciphertext'));
  const der = rsaPrivateKeyDer(jwk);
  const pem = toBase64(der).match(/.{1,64}/g) ?? [];
  return same(
    {
      openssl: `${feed(given)} |\n  openssl pkeyutl -decrypt -pkeyopt rsa_padding_mode:oaep -pkeyopt rsa_oaep_md:sha1 -inkey <(printf '%s\\n' \\\n  '-----BEGIN RSA PRIVATE KEY-----' \\\n  ${pem.join(' \\\n  ')} \\\n  '-----END RSA PRIVATE KEY-----') | ${PRINT}`,
      python: inPython(
        'from cryptography.hazmat.primitives.asymmetric.padding import MGF1, OAEP\nfrom cryptography.hazmat.primitives.hashes import SHA1\nfrom cryptography.hazmat.primitives.serialization import load_der_private_key',
        `key = load_der_private_key(b("${hexed(der)}"), None)\nprint(key.decrypt(b("${given}"), OAEP(MGF1(SHA1()), SHA1(), None)).hex())`,
      ),
      node: inNode(
        `const key = c.createPrivateKey({ key: ${jwk}, format: "jwk" });\nconsole.log(c.privateDecrypt({ key, oaepHash: "sha1" }, b("${given}")).toString("hex"));`,
      ),
    },
    named(deed, 'plaintext'),
  );
};

/** Not among what OpenSSL computes. */
const crc32: Recipe = (deed) => {
  const data = hexed(named(deed, 'body'));
  return same(
    {
      node: inNode(
        `console.log(require("zlib").crc32(b("${data}")).toString(16).padStart(8, "0"));`,
      ),
      python: inPython('import zlib', `print(zlib.crc32(b("${data}")).to_bytes(4, "big").hex())`),
    },
    fromBase64(deed.facts.computed ?? ''),
  );
};

const RECIPES: Readonly<Record<string, Recipe>> = {
  'AES-256-GCM': gcm,
  'CRC-32': crc32,
  'AES-256 key wrap (RFC 3394)': keyWrap,
  'HMAC-SHA-256': customerKeyHmac,
  'SP 800-108 counter mode, HMAC-SHA-256': counterModeKdf,
  'HKDF-SHA-512': hkdf,
  'RSA-OAEP, SHA-1 and MGF1-SHA-1': rsaOaep,
};

/** `too long`: there is something to compute, but not on a command line. Undefined: nothing is computed here. */
export function outsideOf(deed: DeedStep): Outside | 'too long' | undefined {
  const recipe = RECIPES[deed.algorithm];
  if (!recipe || deed.failed) return undefined;
  const lengths = [...Object.values(deed.inputs), ...Object.values(deed.outputs)].map(
    ({ length }) => length,
  );
  return Math.max(...lengths) > LONGEST ? 'too long' : recipe(deed);
}
