// What you and a client library say to each other: function calls inside your own program, written as messages so that
// they are recorded like the rest (modelled; they are on no wire). Parameters have the names of the AWS SDK.
//   CALL /PutObject  Bucket: … Key: …  body = the object          answer 200, or 400 with the exception's name
import { EMPTY, fromBase64 } from '../crypto/bytes';
import { definedHeaders, jsonBody, request, response } from '../http';
import type { Bytes, Headers, HttpRequest, HttpResponse } from '../types';

/** An exception of the client library, as distinct from an answer of S3 or KMS. */
export class ClientException extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'S3EncryptionClientException';
  }
}

export interface CallParameters {
  readonly Bucket: string;
  readonly Key: string;
  readonly ServerSideEncryption?: string | undefined;
  readonly SSEKMSKeyId?: string | undefined;
  readonly SSEKMSEncryptionContext?: string | undefined;
  readonly BucketKeyEnabled?: string | undefined;
  readonly SSECustomerAlgorithm?: string | undefined;
  readonly SSECustomerKey?: string | undefined;
  readonly SSECustomerKeyMD5?: string | undefined;
  /** JSON; the context given to a client-side encryption client. */
  readonly EncryptionContext?: string | undefined;
  /** Base64 of the key that a client-side encryption client wraps data keys with. */
  readonly WrappingKey?: string | undefined;
  readonly WrappingPublicKey?: string | undefined;
  readonly ContentType?: string | undefined;
  /** `bytes=first-last`; of a client-side encrypted object, of what it was. */
  readonly Range?: string | undefined;
}

export const clientCall = (
  operation: 'PutObject' | 'GetObject' | 'HeadObject' | 'DeleteObject',
  parameters: CallParameters,
  body: Bytes = EMPTY,
): HttpRequest => request('CALL', `/${operation}`, definedHeaders({ ...parameters }), body);

export const calledOperation = (message: HttpRequest): string => message.path.slice(1);

export function needed(parameters: Headers, name: keyof CallParameters): string {
  const value = parameters[name];
  if (value === undefined) throw new ClientException(`${name} is missing`);
  return value;
}

export function keyParameter(parameters: Headers, name: keyof CallParameters): Bytes | undefined {
  const value = parameters[name];
  return value === undefined ? undefined : fromBase64(value);
}

/** Returns what S3 answered, or throws the library's exception to the caller. */
export async function answerCall(work: () => Promise<HttpResponse>): Promise<HttpResponse> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof ClientException)) throw error;
    return response(
      400,
      { exception: error.name },
      jsonBody({ name: error.name, message: error.message }),
    );
  }
}
