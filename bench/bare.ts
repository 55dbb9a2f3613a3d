// The bare WebCrypto calls of a run, made from its recorded deeds: the same calls on the same bytes in the same order,
// with nothing around them. A deed whose algorithm is not known here stops the benchmark, so the two cannot drift apart.
import type { Bytes, DeedStep, Trace } from '../src/sim';

const { subtle } = globalThis.crypto;

/** Deeds that call no WebCrypto: drawing, looking, deciding, zeroing, and what our own code computes. */
const NOT_WEBCRYPTO = new Set([
  'random',
  'zeroing',
  'IAM policy evaluation',
  'key state',
  'request header, else bucket default',
  'CRC-32',
]);
const KEY_PAIR = 'RSA 2048 key pair';
const OAEP = 'RSA-OAEP, SHA-1 and MGF1-SHA-1';

type Call = () => Promise<unknown>;

/** True when a run makes RSA keys or works with them: most of that is our own code, and is told apart. */
export const hasRsa = ({ steps }: Trace): boolean =>
  steps.some((step) => step.kind === 'deed' && [KEY_PAIR, OAEP].includes(step.algorithm));

export const bareCalls = ({ steps }: Trace): readonly Call[] =>
  steps.flatMap((step) => (step.kind === 'deed' ? callOf(step) : []));

/** The input of one of these names. */
const input = ({ key, inputs }: DeedStep, ...names: readonly string[]): Bytes => {
  const bytes = names.map((name) => inputs[name]).find((one) => one !== undefined);
  if (!bytes) throw new Error(`"${key}" has no input ${names.join(' or ')}`);
  return bytes;
};

async function hmac(key: Bytes, data: Bytes): Promise<unknown> {
  const imported = await subtle.importKey('raw', key, { name: 'HMAC', hash: 'SHA-256' }, false, [
    'sign',
  ]);
  return subtle.sign('HMAC', imported, data);
}

async function aesGcm(step: DeedStep): Promise<unknown> {
  const usage = step.inputs.plaintext ? 'encrypt' : 'decrypt';
  const key = await subtle.importKey('raw', input(step, 'key'), 'AES-GCM', false, [usage]);
  const [iv, additionalData] = [input(step, 'iv'), input(step, 'aad')];
  const parameters = { name: 'AES-GCM', iv, additionalData, tagLength: 128 };
  return step.inputs.plaintext
    ? subtle.encrypt(parameters, key, step.inputs.plaintext)
    : subtle.decrypt(parameters, key, input(step, 'ciphertext'));
}

async function keyWrap(step: DeedStep): Promise<unknown> {
  const { plaintext } = step.inputs;
  const usage = plaintext ? 'wrapKey' : 'unwrapKey';
  const key = await subtle.importKey('raw', input(step, 'key'), 'AES-KW', false, [usage]);
  if (plaintext) {
    const inner = await subtle.importKey('raw', plaintext, 'AES-GCM', true, ['encrypt']);
    return subtle.wrapKey('raw', inner, key, 'AES-KW');
  }
  const wrapped = input(step, 'ciphertext');
  const inner = await subtle.unwrapKey('raw', wrapped, key, 'AES-KW', 'AES-GCM', true, ['decrypt']);
  return subtle.exportKey('raw', inner);
}

async function hkdf(step: DeedStep): Promise<unknown> {
  const key = await subtle.importKey('raw', input(step, 'key'), 'HKDF', false, ['deriveBits']);
  const [salt, info] = [input(step, 'salt'), input(step, 'info')];
  const parameters = { name: 'HKDF', hash: 'SHA-512', salt, info };
  return subtle.deriveBits(parameters, key, Number(step.facts.length) * 8);
}

async function rsaDecrypt(step: DeedStep): Promise<unknown> {
  const jwk = JSON.parse(new TextDecoder().decode(input(step, 'privateKey'))) as JsonWebKey;
  const algorithm = { name: 'RSA-OAEP', hash: 'SHA-1' };
  const key = await subtle.importKey('jwk', jwk, algorithm, false, ['decrypt']);
  return subtle.decrypt(algorithm, key, input(step, 'ciphertext'));
}

function callOf(step: DeedStep): Call[] {
  switch (step.algorithm) {
    case 'AES-256-GCM':
      return [() => aesGcm(step)];
    case 'AES-256 key wrap (RFC 3394)':
      return [() => keyWrap(step)];
    case 'HMAC-SHA-256':
      return [() => hmac(input(step, 'key', 'salt'), input(step, 'data', 'customerKey'))];
    case 'SP 800-108 counter mode, HMAC-SHA-256': {
      // 4 bytes before the label, 1 after it, 4 after the nonce: the length is what counts here.
      const [label, nonce] = [input(step, 'label'), input(step, 'nonce')];
      const data = new Uint8Array(4 + label.length + 1 + nonce.length + 4);
      return [() => hmac(input(step, 'key'), data)];
    }
    case 'HKDF-SHA-512':
      return [() => hkdf(step)];
    case OAEP:
      return step.inputs.privateKey ? [() => rsaDecrypt(step)] : [];
    case KEY_PAIR:
      return [];
    default:
      if (NOT_WEBCRYPTO.has(step.algorithm)) return [];
      throw new Error(`the benchmark does not know ${step.algorithm} ("${step.key}")`);
  }
}
