// What S3 does not do over plain HTTP. In the page everything is inside TLS; see PLAIN_HTTP for who says otherwise.
//   SSE-KMS and DSSE-KMS, writing and reading: recorded text, before authorisation as far as headers ask for them.
//   SSE-C: refused by AWS too; code and text are others' (MinIO's), as AWS's own are not confirmed (modelled). (facts §1.3, §5.2)
import { PLAIN_HTTP } from '../names';
import { Refusal } from '../refusal';
import type { Headers } from '../types';
import { asksForCustomerKey, SSE } from './headers';

const kms = (): Refusal =>
  new Refusal(
    400,
    'InvalidArgument',
    'Requests specifying Server Side Encryption with AWS KMS managed keys must be made over a secure connection.',
  );
const customerKey = (): Refusal =>
  new Refusal(
    400,
    'InvalidRequest',
    'Requests specifying Server Side Encryption with Customer provided keys must be made over a secure connection.',
  );

/** `scheme`: how an object is, or is to be, encrypted; by what the headers ask for when it is not known yet. */
export function refusePlainHttp(headers: Headers, scheme = headers[SSE] ?? ''): void {
  if (headers[PLAIN_HTTP] === undefined) return;
  if (asksForCustomerKey(headers)) throw customerKey();
  if (scheme.startsWith('aws:kms')) throw kms();
}
