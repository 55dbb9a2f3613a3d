// verify.mjs: all deeds again with Node's own crypto, and the files against the recording. Text, as it runs elsewhere; the
// tests run it on every flow.
export const VERIFY_MJS = `// Computes the values of this run again with Node's own crypto. Prints PASS or FAIL for each step, "----" where there is
// nothing to compute; ends with 1 if anything failed.
//   node verify.mjs
import * as c from 'node:crypto';
import { readFileSync } from 'node:fs';

const read = (file) => readFileSync(new URL(file, import.meta.url));
const deeds = JSON.parse(read('deeds.json'));
const recorded = new Map(JSON.parse(read('trace.json')).steps.map((step) => [step.index, step.deed]));

const filesOf = (names) => Object.fromEntries(Object.entries(names).map(([name, file]) => [name, read(file)]));
const same = (a, b) => a !== undefined && b !== undefined && Buffer.compare(a, b) === 0;
const attempt = (work) => {
  try {
    return work();
  } catch {
    return undefined; // it did not open
  }
};
const hmac = (key, ...parts) => {
  const mac = c.createHmac('sha256', key);
  for (const part of parts) mac.update(part);
  return mac.digest();
};

function gcmSeal({ key, iv, aad, plaintext }) {
  const cipher = c.createCipheriv('aes-256-gcm', key, iv).setAAD(aad);
  return Buffer.concat([cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
}
function gcmOpen({ key, iv, aad, ciphertext }) {
  const end = ciphertext.length - 16;
  const opener = c.createDecipheriv('aes-256-gcm', key, iv).setAAD(aad).setAuthTag(ciphertext.subarray(end));
  return Buffer.concat([opener.update(ciphertext.subarray(0, end)), opener.final()]);
}
function keyWrap(create, key, bytes) {
  const wrap = create('id-aes256-wrap', key, Buffer.alloc(8, 0xa6));
  return Buffer.concat([wrap.update(bytes), wrap.final()]);
}
function crc32(bytes) {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let i = 0; i < 8; i++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  const out = Buffer.alloc(4);
  out.writeUInt32BE((crc ^ 0xffffffff) >>> 0);
  return out.toString('base64');
}

// RSAES-OAEP (RFC 8017, 7.1.1) with SHA-1 and MGF1-SHA-1, from the recorded seed.
const integer = (bytes) => BigInt('0x' + Buffer.from(bytes).toString('hex'));
function power(base, exponent, modulus) {
  let result = 1n;
  for (let b = base % modulus, e = exponent; e > 0n; e >>= 1n, b = (b * b) % modulus)
    if (e & 1n) result = (result * b) % modulus;
  return result;
}
function mgf1(seed, length) {
  const parts = [];
  for (let i = 0; parts.length * 20 < length; i++) {
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(i);
    parts.push(c.createHash('sha1').update(seed).update(counter).digest());
  }
  return Buffer.concat(parts).subarray(0, length);
}
const xor = (a, b) => a.map((byte, i) => byte ^ b[i]);
function oaepSeal({ publicKey, seed, plaintext }) {
  const { n, e } = JSON.parse(publicKey);
  const size = Buffer.from(n, 'base64url').length;
  const block = Buffer.alloc(size - 21);
  c.createHash('sha1').digest().copy(block);
  block[block.length - plaintext.length - 1] = 1;
  plaintext.copy(block, block.length - plaintext.length);
  const maskedBlock = xor(block, mgf1(seed, block.length));
  const maskedSeed = xor(seed, mgf1(maskedBlock, 20));
  const message = integer(Buffer.concat([Buffer.from([0]), maskedSeed, maskedBlock]));
  const modulus = integer(Buffer.from(n, 'base64url'));
  const sealed = power(message, integer(Buffer.from(e, 'base64url')), modulus);
  return Buffer.from(sealed.toString(16).padStart(2 * size, '0'), 'hex');
}

// Each says whether what was recorded is what comes out; a deed that failed must fail here, too.
const CHECKS = {
  'AES-256-GCM': (i, o, { failed }) => {
    if (i.plaintext) {
      const sealed = gcmSeal(i);
      // With the iv in front: how a data key is kept.
      const isKept = !o.blob || same(o.blob.subarray(-sealed.length - 12), Buffer.concat([i.iv, sealed]));
      return same(sealed, o.ciphertext) && isKept;
    }
    const opened = attempt(() => gcmOpen(i));
    return failed ? opened === undefined : same(opened, o.plaintext);
  },
  'AES-256 key wrap (RFC 3394)': (i, o, { failed }) => {
    if (i.plaintext) return same(keyWrap(c.createCipheriv, i.key, i.plaintext), o.ciphertext);
    const opened = attempt(() => keyWrap(c.createDecipheriv, i.key, i.ciphertext));
    return failed ? opened === undefined : same(opened, o.plaintext);
  },
  'HMAC-SHA-256': (i, o, { failed }) => {
    const mac = hmac(i.salt, i.customerKey);
    if (i.expected && same(mac, i.expected) === failed) return false;
    return failed || same(mac, o.mac);
  },
  'SP 800-108 counter mode, HMAC-SHA-256': (i, o) =>
    same(hmac(i.key, Buffer.from('00000001', 'hex'), i.label, Buffer.from([0]), i.nonce, Buffer.from('00000100', 'hex')), o.derivedKey),
  'HKDF-SHA-512': (i, o, { failed, facts }) => {
    const okm = Buffer.from(c.hkdfSync('sha512', i.key, i.salt, i.info, Number(facts.length)));
    if (i.expected && same(okm, i.expected) === failed) return false;
    return failed || same(okm, o.okm);
  },
  'RSA-OAEP, SHA-1 and MGF1-SHA-1': (i, o, { failed }) => {
    if (i.publicKey) return same(oaepSeal(i), o.ciphertext);
    const key = c.createPrivateKey({ key: JSON.parse(i.privateKey), format: 'jwk' });
    const opened = attempt(() => c.privateDecrypt({ key, oaepHash: 'sha1' }, i.ciphertext));
    return failed ? opened === undefined : same(opened, o.plaintext);
  },
  'RSA 2048 key pair': (i, o) => {
    const key = c.createPrivateKey({ key: JSON.parse(o.privateKey), format: 'jwk' });
    const { n, e } = JSON.parse(o.publicKey);
    const made = c.createPublicKey(key).export({ format: 'jwk' });
    return made.n === n && made.e === e && Buffer.from(n, 'base64url').length === 256;
  },
  'CRC-32': (i, o, { failed, facts }) => {
    const crc = crc32(i.body);
    return crc === facts.computed && (crc === facts.sent) !== failed;
  },
  'one bit inverted': (i, o, { facts }) => {
    const turned = Buffer.from(i.before);
    turned[Number(facts.byte)] ^= 1 << Number(facts.bit);
    return same(turned, o.after);
  },
};

/** The files are what the recording has. */
function isAsRecorded(deed, inputs, outputs) {
  const { inputs: into, outputs: out } = recorded.get(deed.step);
  const agree = (files, hexes) => {
    const names = Object.keys(hexes);
    return (
      names.length === Object.keys(files).length &&
      names.every((name) => files[name]?.toString('hex') === hexes[name])
    );
  };
  return agree(inputs, into) && agree(outputs, out);
}

let failures = 0;
for (const deed of deeds) {
  const inputs = filesOf(deed.inputs);
  const outputs = filesOf(deed.outputs);
  const check = CHECKS[deed.algorithm];
  let verdict = '----';
  if (!isAsRecorded(deed, inputs, outputs)) verdict = 'FAIL';
  else if (check) verdict = attempt(() => check(inputs, outputs, deed)) ? 'PASS' : 'FAIL';
  if (verdict === 'FAIL') failures++;
  const note = verdict === '----' ? 'nothing to compute: ' + deed.algorithm : deed.failed ? 'fails here too' : 'node';
  console.log(verdict + ' ' + deed.step + '  ' + deed.key + '  (' + note + ')');
}
console.log(failures === 0 ? 'All of it can be computed again.' : failures + ' of the steps do not fit.');
process.exit(failures === 0 ? 0 : 1);
`;
