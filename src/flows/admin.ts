// What an administrator says to KMS and S3, from whatever desk.
import {
  type Bytes,
  bucketHost,
  type Desk,
  EMPTY,
  fromUtf8,
  type HttpResponse,
  kmsRequest,
  md5Base64,
  names,
  type Operation,
  readJson,
  request,
} from '../sim';

/** The fields of KMS's answer; of a refusal, `__type` and `message`. */
export async function askKmsAsAdmin(
  desk: Desk,
  operation: Operation,
  parameters: unknown,
): Promise<Record<string, unknown>> {
  const headers = { host: names.KMS_SERVICE, [names.PRINCIPAL]: names.ADMIN };
  const answer = await desk.send('kms', operation, kmsRequest(operation, parameters, headers));
  return readJson(answer.body) ?? {};
}

/** `path`: what stands after the bucket's host, query and all. */
export function askS3AsAdmin(
  desk: Desk,
  bucket: string,
  operation: Operation,
  method: string,
  path: string,
  body: Bytes = EMPTY,
): Promise<HttpResponse> {
  const headers = {
    host: bucketHost(bucket),
    [names.PRINCIPAL]: names.ADMIN,
    ...(body.length > 0
      ? { 'content-length': String(body.length), 'content-md5': md5Base64(body) }
      : {}),
  };
  return desk.send('s3', operation, request(method, path, headers, body));
}

/** Outside us-east-1 S3 wants to be told the Region. */
export const HERE = fromUtf8(
  `<CreateBucketConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><LocationConstraint>${names.REGION}</LocationConstraint></CreateBucketConfiguration>`,
);
