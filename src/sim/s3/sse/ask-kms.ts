// S3 asking KMS, as the caller: a forward access session keeps the caller's identity and names S3 as the way it came.
// A refusal of KMS becomes S3's: 403 AccessDenied with KMS's text, or 400 KMS.<Type>. (facts §2.1, §2.6)
import { fromBase64 } from '../../crypto/bytes';
import type { EncryptionContext } from '../../crypto/context';
import { readJson } from '../../http';
import { kmsRequest } from '../../kms/kms';
import { ANONYMOUS, KMS_SERVICE, PRINCIPAL, S3_SERVICE, VIA } from '../../names';
import { Refusal } from '../../refusal';
import type { Bytes, Desk, Operation, PlaintextDataKey } from '../../types';
import type { Place } from './scheme';

/** KMS has to know for whom. (facts §1.3) */
const unsigned = (): Refusal =>
  new Refusal(
    400,
    'InvalidArgument',
    'Requests specifying Server Side Encryption with AWS KMS managed keys require AWS Signature Version 4.',
    { ArgumentName: 'Authorization', ArgumentValue: 'null' },
  );

/** A call of KMS in the name of whoever asked S3; KMS's refusal becomes S3's. */
export async function ask(
  desk: Desk,
  operation: Operation,
  place: Place,
  parameters: unknown,
): Promise<Record<string, unknown>> {
  if (place.principal === ANONYMOUS) throw unsigned();
  const headers = { host: KMS_SERVICE, [PRINCIPAL]: place.principal, [VIA]: S3_SERVICE };
  const answer = await desk.send('kms', operation, kmsRequest(operation, parameters, headers));
  const body = readJson(answer.body) ?? {};
  if (answer.status === 200) return body;
  const type = String(body.__type);
  const message = body.message === undefined ? '' : String(body.message);
  throw type === 'AccessDeniedException'
    ? new Refusal(403, 'AccessDenied', message)
    : new Refusal(400, `KMS.${type}`, message);
}

export interface NewDataKey {
  readonly dataKey: PlaintextDataKey;
  /** Base64 of the ciphertext blob. */
  readonly blob: string;
  /** Full ARN, whatever form was asked with. */
  readonly keyArn: string;
}

export async function generateDataKey(
  desk: Desk,
  place: Place,
  kmsKeyId: string,
  context: EncryptionContext,
): Promise<NewDataKey> {
  const parameters = { KeyId: kmsKeyId, KeySpec: 'AES_256', EncryptionContext: context };
  const body = await ask(desk, 'GenerateDataKey', place, parameters);
  const dataKey = fromBase64(String(body.Plaintext)) as PlaintextDataKey;
  return { dataKey, blob: String(body.CiphertextBlob), keyArn: String(body.KeyId) };
}

/** Without a KeyId: the blob itself names the key that made it. */
export async function decryptDataKey(
  desk: Desk,
  place: Place,
  blob: string,
  context: EncryptionContext,
): Promise<Bytes> {
  const parameters = {
    CiphertextBlob: blob,
    EncryptionContext: context,
    EncryptionAlgorithm: 'SYMMETRIC_DEFAULT',
  };
  return fromBase64(String((await ask(desk, 'Decrypt', place, parameters)).Plaintext));
}

/** The object's ARN, or with a bucket key the bucket's, plus what the request adds. */
export const fullContext = (arn: string, added: EncryptionContext): EncryptionContext => ({
  ...added,
  'aws:s3:arn': arn,
});
