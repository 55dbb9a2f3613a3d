// S3's door: a Signature Version 4 in the Authorization header or in the query; without either, an anonymous caller.
//   1. Read what the request says about its signature. Is its time now, or its URL still good?
//   2. Whose is the access key? Is everything signed that has to be, and does the signature match?
//   3. Is the payload the one that was signed: by its hash, or chunk by chunk.
// Elements of the answers: as S3 has been seen to answer (GitHub: minio/minio#2986, #2638, versity/versitygw#1514, #2042,
// #2043, aws/aws-sdk-php#1333, craftcms/aws-s3#182, soto-project/soto#374). The order of the checks is modelled.
import { addSeconds, epochOf } from '../clock';
import { fromUtf8 } from '../crypto/bytes';
import { sha256HexOf } from '../crypto/checksums';
import { encodeKey } from '../http';
import type { AccessKey } from '../iam/access-keys';
import type { Authenticate } from '../iam/authentication';
import type { IamDirectory } from '../iam/directory';
import { REGION } from '../names';
import { Refusal } from '../refusal';
import { percentDecoded, readAddress } from '../s3/address';
import type { Desk, Facts, HttpRequest } from '../types';
import { mismatchIn } from './chunks';
import { isoOf, SKEW_MINUTES } from './claim';
import { readS3Claim, type S3Claim } from './s3-claim';
import { checked, from, sameInConstantTime, Verifier } from './verifier';

const UNSIGNED = 'UNSIGNED-PAYLOAD';
const CHUNKED = 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD';
const CHUNKED_TRAILER = `${CHUNKED}-TRAILER`;
const PAYLOADS = [UNSIGNED, 'STREAMING-UNSIGNED-PAYLOAD-TRAILER', CHUNKED, CHUNKED_TRAILER];
const isHash = (text: string): boolean => /^[0-9a-f]{64}$/i.test(text);

const denied = (message: string, extra: Facts): Refusal =>
  new Refusal(403, 'AccessDenied', message, extra);

/** ISO 8601 without fractions of a second, as S3 writes ServerTime. */
const seconds = (date: Date): string => date.toISOString().replace(/\.\d+/, '');

function refuseTime({ amzDate, expires }: S3Claim, desk: Desk): void {
  const now = desk.now();
  const signed = epochOf(isoOf(amzDate) as string) as number;
  const early = signed - now.getTime();
  const skew = SKEW_MINUTES * 60_000;
  if (expires === undefined) {
    if (Math.abs(early) > skew)
      throw new Refusal(
        403,
        'RequestTimeTooSkewed',
        'The difference between the request time and the current time is too large.',
        {
          RequestTime: amzDate,
          ServerTime: seconds(now),
          MaxAllowedSkewMilliseconds: String(skew),
        },
      );
    return;
  }
  const end = addSeconds(now, (early + expires * 1000) / 1000);
  const times = { Expires: seconds(end), ServerTime: seconds(now) };
  if (early > skew)
    throw denied('Request is not yet valid', { 'X-Amz-Date': String(signed), ...times });
  if (end < now)
    throw denied('Request has expired', { 'X-Amz-Expires': String(expires), ...times });
}

function accessKeyOf(iam: IamDirectory, claim: S3Claim, desk: Desk): AccessKey {
  const { accessKeyId } = claim.credential;
  const accessKey = iam.accessKey(accessKeyId);
  if (!accessKey)
    throw new Refusal(
      403,
      'InvalidAccessKeyId',
      'The AWS Access Key Id you provided does not exist in our records.',
      { AWSAccessKeyId: accessKeyId },
    );
  const token = claim.sessionToken ?? '';
  if (!sameInConstantTime(accessKey.sessionToken ?? '', token))
    throw new Refusal(
      400,
      'InvalidToken',
      'The provided token is malformed or otherwise invalid.',
      token ? { 'Token-0': token } : {},
    );
  if (accessKey.expires && accessKey.expires <= desk.now())
    throw new Refusal(400, 'ExpiredToken', 'The provided token has expired.', { 'Token-0': token });
  return accessKey;
}

/** Whatever steers S3 must be signed; the hash of the payload is part of the signature anyway. */
function refuseUnsigned({ headers }: HttpRequest, { signedHeaders }: S3Claim): void {
  const unsigned = Object.keys(headers).filter(
    (name) =>
      (name === 'host' || name.startsWith('x-amz-')) &&
      name !== 'x-amz-content-sha256' &&
      !signedHeaders.includes(name),
  );
  if (unsigned.length > 0)
    throw denied('There were headers present in the request which were not signed', {
      HeadersNotSigned: unsigned.join(', '),
    });
}

/** What the signature is over as the hash of the payload. */
function payloadOf({ headers, path }: HttpRequest, { expires, signedHeaders }: S3Claim): string {
  const name = 'x-amz-content-sha256';
  const given = headers[name];
  if (expires !== undefined)
    return (
      (signedHeaders.includes(name) ? given : undefined) ??
      readAddress({ path, headers }).query.get('X-Amz-Content-Sha256') ??
      UNSIGNED
    );
  if (given === undefined)
    throw new Refusal(
      400,
      'InvalidRequest',
      'Missing required header for this request: x-amz-content-sha256',
    );
  if (PAYLOADS.includes(given) || isHash(given)) return given;
  throw new Refusal(
    400,
    'InvalidArgument',
    'x-amz-content-sha256 must be UNSIGNED-PAYLOAD, STREAMING-UNSIGNED-PAYLOAD-TRAILER, STREAMING-AWS4-HMAC-SHA256-PAYLOAD, STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER, STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD, STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD-TRAILER or a valid sha256 value.',
    { ArgumentName: name, ArgumentValue: given },
  );
}

const spaced = (text: string): string =>
  Array.from(fromUtf8(text), (byte) => byte.toString(16).padStart(2, '0')).join(' ');

const mismatch = (
  { credential, signature }: S3Claim,
  stringToSign: string,
  sent = signature,
  canonicalRequest?: string,
): Refusal =>
  new Refusal(
    403,
    'SignatureDoesNotMatch',
    'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
    {
      AWSAccessKeyId: credential.accessKeyId,
      StringToSign: stringToSign,
      SignatureProvided: sent,
      StringToSignBytes: spaced(stringToSign),
      ...(canonicalRequest === undefined
        ? {}
        : {
            CanonicalRequest: canonicalRequest,
            CanonicalRequestBytes: spaced(canonicalRequest),
          }),
    },
  );

/** S3 decodes a path once and encodes it its own way. */
function canonicalPath(path: string): string {
  const raw = path.split('?', 1)[0] || '/';
  const decoded = percentDecoded(raw);
  return decoded === undefined ? raw : encodeKey(decoded);
}

async function checkPayload(
  { body }: HttpRequest,
  claim: S3Claim,
  payload: string,
  verifier: Verifier,
): Promise<void> {
  if (isHash(payload)) {
    const computed = await sha256HexOf(body);
    if (computed !== payload.toLowerCase())
      throw new Refusal(
        400,
        'XAmzContentSHA256Mismatch',
        "The provided 'x-amz-content-sha256' header does not match what was computed.",
        { ClientComputedContentSHA256: payload, S3ComputedContentSHA256: computed },
      );
  }
  if (payload !== CHUNKED && payload !== CHUNKED_TRAILER) return;
  const wrong = await mismatchIn(body, claim, verifier, payload === CHUNKED_TRAILER);
  if (wrong) throw mismatch(claim, wrong.stringToSign, wrong.sent);
}

export const signatureV4OfS3 =
  (iam: IamDirectory, region: string = REGION): Authenticate =>
  async (request, desk) => {
    const claim = readS3Claim(request, region);
    if (!claim) return from(request, undefined);
    refuseTime(claim, desk);
    const accessKey = accessKeyOf(iam, claim, desk);
    refuseUnsigned(request, claim);
    const payloadHash = payloadOf(request, claim);
    const toVerify = {
      method: request.method,
      path: canonicalPath(request.path),
      query: Object.fromEntries(readAddress(request).query),
      headers: request.headers,
      payloadHash,
    };
    const refuse = (computed: { canonicalRequest: string; stringToSign: string }): Refusal =>
      mismatch(claim, computed.stringToSign, claim.signature, computed.canonicalRequest);
    await desk.does('checks', 'signature', checked(accessKey, claim, toVerify, refuse));
    await checkPayload(request, claim, payloadHash, new Verifier(accessKey, claim));
    return from(request, accessKey.principal);
  };
