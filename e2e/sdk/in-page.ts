// What runs inside the page: the genuine AWS SDK, with the engine where it would have a network.
import {
  CreateKeyCommand,
  DecryptCommand,
  DisableKeyCommand,
  GenerateDataKeyCommand,
} from '@aws-sdk/client-kms';
import {
  CopyObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type PutObjectCommandInput,
} from '@aws-sdk/client-s3';
import { BUCKET, KEY, makeBucket, refused, TEXT } from '../../cloud/testing/asking';
import { createSdk } from '../../cloud/testing/sdk';

/** Every scheme there and back, a copy, a list, KMS by itself, and a key that is disabled. */
export async function runSdk(customerKey: { readonly base64: string; readonly md5: string }) {
  const { s3, kms } = createSdk('page');
  await makeBucket(s3, true);
  const own = {
    SSECustomerAlgorithm: 'AES256',
    SSECustomerKey: customerKey.base64,
    SSECustomerKeyMD5: customerKey.md5,
  };
  const keyArn = (await kms.send(new CreateKeyCommand({}))).KeyMetadata?.Arn ?? '';
  const schemes: Readonly<Record<string, Partial<PutObjectCommandInput>>> = {
    'SSE-S3': {},
    'SSE-KMS': { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: keyArn },
    'DSSE-KMS': { ServerSideEncryption: 'aws:kms:dsse', SSEKMSKeyId: keyArn },
    'SSE-C': own,
  };
  const read: Record<string, string | undefined> = {};
  for (const [name, options] of Object.entries(schemes)) {
    const at = { Bucket: BUCKET, Key: name };
    await s3.send(new PutObjectCommand({ ...at, Body: TEXT, ...options }));
    const back = await s3.send(new GetObjectCommand({ ...at, ...(name === 'SSE-C' ? own : {}) }));
    read[name] = await back.Body?.transformToString();
  }
  await s3.send(
    new CopyObjectCommand({ Bucket: BUCKET, Key: KEY, CopySource: `${BUCKET}/SSE-KMS` }),
  );
  const head = await s3.send(new HeadObjectCommand({ Bucket: BUCKET, Key: KEY }));
  const list = await s3.send(new ListObjectsV2Command({ Bucket: BUCKET }));
  const EncryptionContext = { purpose: 'diary' };
  const made = await kms.send(
    new GenerateDataKeyCommand({ KeyId: keyArn, KeySpec: 'AES_256', EncryptionContext }),
  );
  const opened = await kms.send(
    new DecryptCommand({ CiphertextBlob: made.CiphertextBlob, EncryptionContext }),
  );
  await kms.send(new DisableKeyCommand({ KeyId: keyArn }));
  const disabled = await refused(s3.send(new GetObjectCommand({ Bucket: BUCKET, Key: 'SSE-KMS' })));
  return {
    read,
    copyUnder: head.ServerSideEncryption,
    keys: list.Contents?.map(({ Key }) => Key),
    sameKey: String(opened.Plaintext) === String(made.Plaintext),
    disabled: `${disabled.status} ${disabled.code}`,
    disabledText: disabled.message.replace(keyArn, 'KEY'),
  };
}
