// AWS KMS, front of house: names, policies, states. Key material and every cipher stay in the HSM behind it.
//   POST /  x-amz-target: TrentService.<Operation>  content-type: application/x-amz-json-1.1   (facts §2.4, §2.5)
//   1. Catch up with the clock: what was to be deleted, to expire or to be rotated by now.
//   2. Read the parameters. Find the key: by KeyId, or for Decrypt by the key material id inside the ciphertext blob.
//   3. Authorise the caller: key policy, and where it delegates to the account, identity policies; then grants.
//   4. Check the key's state. With DryRun, that is all.
//   5. Ask the HSM. A wrong context and a changed blob fail alike, without a message.
import { EMPTY } from '../crypto/bytes';
import { definedHeaders, jsonBody, readJson, request, response } from '../http';
import { type Authenticate, asSaid } from '../iam/authentication';
import type { IamDirectory } from '../iam/directory';
import { Refusal } from '../refusal';
import type { Actor, Desk, HttpRequest, HttpResponse, Operation } from '../types';
import { aliasOperations } from './aliases';
import { createCall, type KmsCall } from './authorise';
import { cryptoOperations } from './crypto-operations';
import { grantOperations } from './grant-operations';
import { importOperations } from './import';
import { keyOperations } from './key-operations';
import { KeyStore, uuid } from './keys';
import { catchUp } from './lifecycle';
import { policyOperations } from './policies';
import { rotationOperations } from './rotation';
import { tagOperations } from './tags';

const TARGET = 'TrentService.';

/** What an operation works with. */
export interface KmsContext {
  readonly keys: KeyStore;
  readonly desk: Desk;
  readonly call: KmsCall;
}

export type KmsHandler = (context: KmsContext) => Promise<unknown>;

/** Every operation that KMS answers to. */
const HANDLERS: ReadonlyMap<string, KmsHandler> = new Map(
  Object.entries({
    ...keyOperations,
    ...aliasOperations,
    ...tagOperations,
    ...policyOperations,
    ...cryptoOperations,
    ...rotationOperations,
    ...importOperations,
    ...grantOperations,
  }),
);

/** S3 calls from inside AWS, in a forward access session: it says for whom, and is believed (modelled). */
export function createKms(iam: IamDirectory, authenticate: Authenticate = asSaid): Actor {
  const keys = new KeyStore();

  return async (received, desk, from) => {
    try {
      const message = from === 's3' ? received : await authenticate(received, desk);
      await catchUp(keys, desk);
      const { headers } = message;
      const operation = (headers['x-amz-target'] ?? '').replace(TARGET, '');
      const handler = HANDLERS.get(operation);
      const body = readJson(message.body);
      if (!handler) throw new Refusal(400, 'UnknownOperationException', '');
      if (!body) throw new Refusal(400, 'SerializationException', '');
      const named = { operation: operation as Operation, body, headers };
      const result = await handler({ keys, desk, call: createCall(desk, iam, keys, named) });
      return kmsResponse(200, desk, result);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const { code, message: text } = error;
      return kmsResponse(error.status, desk, { __type: code, ...(text ? { message: text } : {}) });
    }
  };
}

function kmsResponse(status: number, desk: Desk, result: unknown): HttpResponse {
  const headers = definedHeaders({
    'content-type': 'application/x-amz-json-1.1',
    'x-amzn-requestid': uuid(desk.random(16)),
  });
  return response(status, headers, result === undefined ? EMPTY : jsonBody(result));
}

/** A request in KMS's JSON 1.1 protocol. */
export const kmsRequest = (
  operation: Operation,
  parameters: unknown,
  headers: HttpRequest['headers'],
): HttpRequest =>
  request(
    'POST',
    '/',
    {
      ...headers,
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `${TARGET}${operation}`,
    },
    jsonBody(parameters),
  );
