// KMS's door: every request carries a Signature Version 4 in its Authorization header. (facts §2.4)
// Codes: KMS API, "Common Errors". Texts as clients of AWS's JSON services have reported them; that KMS says the very
// same in each case, and the order of the checks, is modelled.
import { addSeconds, epochOf } from '../clock';
import { sha256Hex } from '../crypto/streaming-sha256';
import type { Authenticate } from '../iam/authentication';
import type { IamDirectory } from '../iam/directory';
import { REGION } from '../names';
import { Refusal } from '../refusal';
import { readAddress } from '../s3/address';
import type { Desk, HttpRequest } from '../types';
import {
  ALGORITHM,
  amzDateOf,
  type Claim,
  type Credential,
  isoOf,
  readComponents,
  readCredential,
  readSignedHeaders,
  SKEW_MINUTES,
  signedAt,
  TERMINATOR,
} from './claim';
import { checked, from, sameInConstantTime } from './verifier';

const refusal = (code: string, message: string): Refusal => new Refusal(400, code, message);
const incomplete = (message: string): Refusal => refusal('IncompleteSignatureException', message);
const invalid = (message: string): Refusal => refusal('InvalidSignatureException', message);

function readClaim({ headers }: HttpRequest): Claim {
  const { authorization } = headers;
  if (authorization === undefined)
    throw refusal('MissingAuthenticationTokenException', 'Missing Authentication Token');
  const [, scheme, rest = ''] = /^(\S+)\s*(.*)$/s.exec(authorization) ?? [];
  if (scheme !== ALGORITHM)
    throw incomplete(
      `'${rest}' not a valid key=value pair (missing equal-sign) in Authorization header: '${authorization}'.`,
    );
  const components = readComponents(rest);
  const [credentials, signature, signedHeaders] = ['Credential', 'Signature', 'SignedHeaders'].map(
    (name) => components.get(name),
  );
  const amzDate = signedAt(headers);
  if (!credentials || !signature || !signedHeaders || !amzDate) {
    const missing = [
      ...['Credential', 'Signature', 'SignedHeaders'].flatMap((name) =>
        components.get(name) ? [] : [`Authorization header requires '${name}' parameter.`],
      ),
      ...(amzDate
        ? []
        : ["Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header."]),
    ];
    throw incomplete(`${missing.join(' ')} Authorization=${scheme}`);
  }
  const credential = readCredential(credentials);
  if (!credential)
    throw incomplete(
      `Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '${credentials}'`,
    );
  return {
    credential,
    signature,
    signedHeaders: readSignedHeaders(signedHeaders),
    amzDate,
    sessionToken: headers['x-amz-security-token'],
  };
}

function refuseScope({ date, region, service, terminator }: Credential, amzDate: string): void {
  const faults = [
    region === REGION ? '' : `Credential should be scoped to a valid region, not '${region}'. `,
    service === 'kms' ? '' : "Credential should be scoped to correct service: 'kms'. ",
    terminator === TERMINATOR
      ? ''
      : `Credential should be scoped with a valid terminator: '${TERMINATOR}', not '${terminator}'. `,
    date === amzDate.slice(0, 8)
      ? ''
      : `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '${date}' != '${amzDate.slice(0, 8)}', from '${amzDate}'. `,
  ].join('');
  if (faults) throw invalid(faults);
}

function refuseTime(amzDate: string, desk: Desk): void {
  const now = desk.now();
  const signed = epochOf(isoOf(amzDate) as string) as number;
  const [earliest, latest] = [-60, 60].map((s) => addSeconds(now, s * SKEW_MINUTES)) as [
    Date,
    Date,
  ];
  if (signed < earliest.getTime())
    throw invalid(
      `Signature expired: ${amzDate} is now earlier than ${amzDateOf(earliest)} (${amzDateOf(now)} - ${SKEW_MINUTES} min.)`,
    );
  if (signed > latest.getTime())
    throw invalid(
      `Signature not yet current: ${amzDate} is still later than ${amzDateOf(latest)} (${amzDateOf(now)} + ${SKEW_MINUTES} min.)`,
    );
}

const unrecognised = (): Refusal =>
  refusal('UnrecognizedClientException', 'The security token included in the request is invalid.');

export const signatureV4OfKms =
  (iam: IamDirectory): Authenticate =>
  async (request, desk) => {
    const claim = readClaim(request);
    refuseScope(claim.credential, claim.amzDate);
    refuseTime(claim.amzDate, desk);
    const accessKey = iam.accessKey(claim.credential.accessKeyId);
    if (!accessKey) throw unrecognised();
    if (!sameInConstantTime(accessKey.sessionToken ?? '', claim.sessionToken ?? ''))
      throw unrecognised();
    if (accessKey.expires && accessKey.expires <= desk.now())
      throw refusal(
        'ExpiredTokenException',
        'The security token included in the request is expired',
      );
    const { query } = readAddress(request);
    const toVerify = {
      method: request.method,
      path: request.path.split('?', 1)[0] || '/',
      query: Object.fromEntries(query),
      headers: request.headers,
      payloadHash: sha256Hex(request.body),
    };
    const mismatch = (computed: { canonicalRequest: string; stringToSign: string }): Refusal =>
      invalid(
        `The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.\n\nThe Canonical String for this request should have been\n'${computed.canonicalRequest}'\n\nThe String-to-Sign should have been\n'${computed.stringToSign}'\n`,
      );
    await desk.does('checks', 'signature', checked(accessKey, claim, toVerify, mismatch));
    return from(request, accessKey.principal);
  };
