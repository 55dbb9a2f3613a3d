// Reading what a request to S3 says about its signature, and S3's refusals of what cannot be read. Both ways at once are
// refused. Texts: as S3 has been seen to answer (GitHub: aws/aws-cli#2954, bigassforce/aws-sdk#5, anomalizer/ngx_aws_auth#30,
// versity/versitygw), else as S3-compatible servers quote them (MinIO, `cmd/api-errors.go`); the order of the checks is modelled.
import { Refusal } from '../refusal';
import { type Query, readAddress } from '../s3/address';
import type { Facts, HttpRequest } from '../types';
import {
  ALGORITHM,
  type Claim,
  isoOf,
  readComponents,
  readCredential,
  readSignedHeaders,
  signedAt,
  TERMINATOR,
} from './claim';

export interface S3Claim extends Claim {
  /** Seconds for which a presigned URL is good; undefined: signed in the header. */
  readonly expires: number | undefined;
}

const WEEK = 604_800;

const refusal = (code: string, message: string, extra: Facts = {}): Refusal =>
  new Refusal(400, code, message, extra);
const malformedHeader = (what: string, extra?: Facts): Refusal =>
  refusal('AuthorizationHeaderMalformed', `The authorization header is malformed; ${what}`, extra);
const malformedQuery = (message: string, extra?: Facts): Refusal =>
  refusal('AuthorizationQueryParametersError', message, extra);
const argument = (message: string, value: string): Refusal =>
  refusal('InvalidArgument', message, { ArgumentName: 'Authorization', ArgumentValue: value });

const tooOld = (): Refusal =>
  refusal(
    'InvalidRequest',
    'The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.',
  );

/** Undefined: not signed at all. `region`: that of the bucket. */
export function readS3Claim(request: HttpRequest, region: string): S3Claim | undefined {
  const { authorization } = request.headers;
  const { query } = readAddress(request);
  const presigned = query.has('X-Amz-Algorithm') || query.has('X-Amz-Signature');
  // Signature Version 2, as older tools presign unless told otherwise.
  if (!presigned && query.has('AWSAccessKeyId') && query.has('Signature')) throw tooOld();
  if (authorization === undefined) return presigned ? fromQuery(query, region) : undefined;
  if (presigned)
    throw argument(
      'Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature query string parameter or the Authorization header should be specified',
      authorization,
    );
  return fromHeader(request, authorization, region);
}

function fromHeader({ headers }: HttpRequest, authorization: string, region: string): S3Claim {
  const [, scheme, rest = ''] = /^(\S+)\s*(.*)$/s.exec(authorization) ?? [];
  if (scheme === 'AWS') throw tooOld();
  if (scheme !== ALGORITHM) throw argument('Unsupported Authorization Type', authorization);
  const components = readComponents(rest);
  const [credentials, signedHeaders, signature] = ['Credential', 'SignedHeaders', 'Signature'].map(
    (name) => components.get(name),
  );
  if (!credentials || !signedHeaders || !signature)
    throw malformedHeader(
      'the authorization header requires three components: Credential, SignedHeaders, and Signature.',
    );
  const amzDate = signedAt(headers);
  if (!amzDate)
    throw new Refusal(
      403,
      'AccessDenied',
      'AWS authentication requires a valid Date or x-amz-date header',
    );
  return {
    credential: readScope(credentials, amzDate, region, {
      malformed: malformedHeader,
      begin: '',
      credential: 'the Credential is mal-formed',
    }),
    signedHeaders: readSignedHeaders(signedHeaders),
    signature,
    amzDate,
    sessionToken: headers['x-amz-security-token'],
    expires: undefined,
  };
}

function fromQuery(query: Query, region: string): S3Claim {
  const [algorithm, credentials, signature, amzDate, signedHeaders, expires] = [
    'Algorithm',
    'Credential',
    'Signature',
    'Date',
    'SignedHeaders',
    'Expires',
  ].map((name) => query.get(`X-Amz-${name}`));
  if (!algorithm || !credentials || !signature || !amzDate || !signedHeaders || !expires)
    throw malformedQuery(
      'Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.',
    );
  if (algorithm !== ALGORITHM) throw malformedQuery(`X-Amz-Algorithm only supports "${ALGORITHM}"`);
  if (isoOf(amzDate) === undefined)
    throw malformedQuery("X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\"");
  if (!/^-?\d+$/.test(expires)) throw malformedQuery('X-Amz-Expires should be a number');
  if (Number(expires) < 0) throw malformedQuery('X-Amz-Expires must be non-negative');
  if (Number(expires) > WEEK)
    throw malformedQuery(
      `X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than ${WEEK} seconds`,
    );
  return {
    credential: readScope(credentials, amzDate, region, {
      malformed: malformedQuery,
      begin: 'Error parsing the X-Amz-Credential parameter; ',
      credential: 'the Credential is mal-formed',
    }),
    signedHeaders: readSignedHeaders(signedHeaders),
    signature,
    amzDate,
    sessionToken: query.get('X-Amz-Security-Token'),
    expires: Number(expires),
  };
}

interface Words {
  readonly malformed: (what: string, extra?: Facts) => Refusal;
  readonly begin: string;
  readonly credential: string;
}

function readScope(text: string, amzDate: string, expected: string, words: Words) {
  const refuse = (what: string, extra?: Facts): Refusal =>
    words.malformed(`${words.begin}${what}`, extra);
  const credential = readCredential(text);
  if (!credential)
    throw refuse(
      `${words.credential}; expecting "<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/${TERMINATOR}".`,
    );
  const { date, region, service, terminator } = credential;
  if (region !== expected)
    throw refuse(`the region '${region}' is wrong; expecting '${expected}'`, { Region: expected });
  if (service !== 's3')
    throw refuse(`incorrect service "${service}". This endpoint belongs to "s3".`);
  if (terminator !== TERMINATOR)
    throw refuse(`incorrect terminal "${terminator}". This endpoint uses "${TERMINATOR}".`);
  if (date !== amzDate.slice(0, 8))
    throw refuse(
      `Invalid credential date "${date}". This date is not the same as X-Amz-Date: "${amzDate.slice(0, 8)}".`,
    );
  return credential;
}
