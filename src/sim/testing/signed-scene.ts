// A small world in which signatures are checked: one bucket, Ana whose identity policy allows her everything, and whoever
// else is given an access key.
import { createClock } from '../clock';
import { EMPTY, fromUtf8 } from '../crypto/bytes';
import { createHsm } from '../hsm/hsm';
import { readJson } from '../http';
import { type AccessKey, accessKeyOf } from '../iam/access-keys';
import { IamDirectory } from '../iam/directory';
import type { PolicyDocument, Statement } from '../iam/policy';
import { createKms, kmsRequest } from '../kms/kms';
import { ANA, KMS_SERVICE, PRINCIPAL } from '../names';
import { seededRandom } from '../random';
import { Refusal } from '../refusal';
import { bucketHost } from '../s3/address';
import { EVERY_OPERATION } from '../s3/every-operation';
import { createS3 } from '../s3/s3';
import { createS3Keys } from '../s3-keys/s3-keys';
import { signatureV4OfKms } from '../signature-v4/kms';
import { signatureV4OfS3 } from '../signature-v4/s3';
import { createStorage } from '../storage/storage';
import type { Desk, HttpRequest, HttpResponse, Operation } from '../types';
import { createWorld, type World } from '../world';
import { errorOf, type KmsAnswer } from './scene';
import { BUCKET, NOW, SEED, type Sending, signed } from './signing';

export const ANYTHING: PolicyDocument = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
};

export interface SignedScene {
  readonly world: World;
  readonly iam: IamDirectory;
  /** Ana's. */
  readonly accessKey: AccessKey;
  send(request: HttpRequest): Promise<HttpResponse>;
  put(sending?: Sending): Promise<HttpResponse>;
  /** Status and elements of S3's error. */
  refused(request: HttpRequest): Promise<Record<string, unknown>>;
  /** GET of the object, by nobody. */
  anonymous(headers?: Readonly<Record<string, string>>): HttpRequest;
  setBucketPolicy(...statements: readonly Statement[]): Promise<HttpResponse>;
  kms(operation: Operation, parameters: unknown, sending?: Sending): Promise<KmsAnswer>;
  kmsSends(operation: Operation, request: HttpRequest): Promise<KmsAnswer>;
}

export async function createSignedScene(): Promise<SignedScene> {
  const iam = new IamDirectory();
  const accessKey = iam.issue(accessKeyOf(SEED, ANA));
  iam.put(ANA, ANYTHING);
  const world = createWorld({
    random: seededRandom(SEED),
    clock: createClock(NOW),
    actors: {
      s3: createS3(iam, EVERY_OPERATION, signatureV4OfS3(iam)),
      's3-keys': createS3Keys(),
      kms: createKms(iam, signatureV4OfKms(iam)),
      hsm: createHsm(),
      storage: createStorage().actor,
    },
  });
  const scene: SignedScene = {
    world,
    iam,
    accessKey,
    send: (request) => world.you.send('s3', 'GetObject', request),
    put: (sending = {}) =>
      scene.send(signed({ method: 'PUT', body: fromUtf8('Dear diary'), ...sending })),
    async refused(request) {
      const answer = await scene.send(request);
      return { status: answer.status, ...errorOf(answer) };
    },
    anonymous: (headers = {}) => ({
      method: 'GET',
      path: '/today.txt',
      headers: { host: bucketHost(BUCKET), ...headers },
      body: EMPTY,
    }),
    setBucketPolicy(...Statement) {
      const body = fromUtf8(JSON.stringify({ Version: '2012-10-17', Statement }));
      return scene.send(signed({ method: 'PUT', key: '', query: { policy: '' }, body }));
    },
    kms(operation, parameters, sending = {}) {
      const { headers, body } = kmsRequest(operation, parameters, {});
      const request = signed({
        method: 'POST',
        key: '',
        scope: '20261123/eu-west-1/kms/aws4_request',
        host: KMS_SERVICE,
        body,
        ...sending,
        headers: { ...headers, ...sending.headers },
      });
      return scene.kmsSends(operation, request);
    },
    async kmsSends(operation, request) {
      const answer = await world.you.send('kms', operation, request);
      return { status: answer.status, body: readJson(answer.body) ?? {} };
    },
  };
  const { status } = await scene.send(signed({ method: 'PUT', key: '' }));
  if (status !== 200) throw new Error(`CreateBucket answered ${status}`);
  return scene;
}

/** S3's door without the house behind it: who is let in with this request, or the code of the refusal. */
export async function letIn(
  request: HttpRequest,
  at: string,
  accessKey: AccessKey,
  region?: string,
): Promise<string | undefined> {
  const iam = new IamDirectory();
  iam.issue(accessKey);
  const desk = {
    now: () => createClock(at).now(),
    does: (_: string, __: string, work: { run(): unknown }) => work.run(),
  } as unknown as Desk;
  try {
    return (await signatureV4OfS3(iam, region)(request, desk)).headers[PRINCIPAL];
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
}
