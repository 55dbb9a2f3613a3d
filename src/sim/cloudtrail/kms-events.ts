// KMS's records: every call is a management event. Ciphertext and plaintext are never written. (facts §10)
//   AccessDenied       is what the log calls AccessDeniedException. Source: AWS KMS Developer Guide, log samples.
//   responseElements   only of calls that change something.
import { dateOfEpochSeconds } from '../clock';
import { readJson } from '../http';
import { ACCOUNT_ID } from '../names';
import { type Call, factOf } from './calls';
import type { Particular } from './record';

const NEVER_WRITTEN = [
  'Plaintext',
  'CiphertextBlob',
  'EncryptedKeyMaterial',
  'ImportToken',
  'PublicKey',
  'GrantToken',
  'GrantTokens',
];
const READ_ONLY = /^(Describe|Get|List|Generate|Encrypt$|Decrypt$|ReEncrypt$)/;
const NAMES_ITS_ALGORITHM = ['Decrypt', 'Encrypt'];

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const camel = (name: string): string =>
  name === 'AWSAccountId' ? 'aWSAccountId' : name.charAt(0).toLowerCase() + name.slice(1);

/** Names as the log writes them; what a caller names himself (the pairs of a context) stays. Times as text. */
function written(name: string, value: unknown): unknown {
  if (name.endsWith('EncryptionContext') || name === 'EncryptionContextEquals') return value;
  if (Array.isArray(value)) return value.map((one) => written('', one));
  if (isObject(value)) return elements(value);
  return /Date$|^ValidTo$/.test(name) && typeof value === 'number'
    ? (dateOfEpochSeconds(value)?.toISOString() ?? value)
    : value;
}

const elements = (object: Json): Json =>
  Object.fromEntries(
    Object.entries(object)
      .filter(([name]) => !NEVER_WRITTEN.includes(name))
      .map(([name, value]) => [camel(name), written(name, value)]),
  );

const orNull = (object: Json): Json | null => (Object.keys(object).length > 0 ? object : null);

function arnIn(call: Call, asked: Json, answered: Json): string | undefined {
  const metadata = answered.KeyMetadata as Json | undefined;
  const decided = factOf(call, 'authorises', 'resource');
  return [metadata?.Arn, answered.KeyId, decided, asked.KeyId].find(
    (one): one is string => typeof one === 'string' && one.includes(':key/'),
  );
}

export function kmsEvent(call: Call): Particular {
  const { request, answer } = call;
  const { operation } = request;
  const asked = readJson(request.message.body) ?? {};
  const answered = readJson(answer.message.body) ?? {};
  const parameters = {
    ...elements(asked),
    ...(NAMES_ITS_ALGORITHM.includes(operation)
      ? { encryptionAlgorithm: asked.EncryptionAlgorithm ?? 'SYMMETRIC_DEFAULT' }
      : {}),
  };
  const arn = arnIn(call, asked, answered);
  const readOnly = READ_ONLY.test(operation);
  const { KeyMaterialId } = answered;
  return {
    eventSource: 'kms.amazonaws.com',
    error: answer.failed
      ? {
          code: String(answered.__type).replace(/^AccessDeniedException$/, 'AccessDenied'),
          message: String(answered.message ?? ''),
        }
      : undefined,
    requestParameters: orNull(parameters),
    responseElements: readOnly ? null : orNull(elements(answered)),
    ...(typeof KeyMaterialId === 'string' && readOnly
      ? { additionalEventData: { keyMaterialId: KeyMaterialId } }
      : {}),
    requestID: answer.message.headers['x-amzn-requestid'] ?? '',
    readOnly,
    resources: arn
      ? [{ accountId: arn.split(':')[4] ?? ACCOUNT_ID, type: 'AWS::KMS::Key', ARN: arn }]
      : [],
    managementEvent: true,
  };
}
