// Computing a request's signature again, with the signing library of the AWS SDK, and comparing.
//   canonical request = method, path, query, the signed headers, their names, hash of the payload
//   string to sign    = algorithm, time, scope, SHA-256 of the canonical request
//   signature         = HMAC-SHA-256 under a key made of secret access key, day, Region and service
// Source: IAM User Guide, "Create a signed AWS API request".
import { getCanonicalHeaders, SignatureV4 } from '@smithy/signature-v4';
import { fromUtf8 } from '../crypto/bytes';
import { StreamingSha256 } from '../crypto/streaming-sha256';
import type { AccessKey } from '../iam/access-keys';
import { PRINCIPAL, VIA } from '../names';
import type { HttpRequest, Work } from '../types';
import { ALGORITHM, type Claim, isoOf, scopeOf } from './claim';

/** What a request's signature must be over. */
export interface ToVerify {
  readonly method: string;
  /** Percent-encoded, as the service canonicalises it. */
  readonly path: string;
  readonly query: Readonly<Record<string, string | readonly string[]>>;
  readonly headers: HttpRequest['headers'];
  /** Hex, or what stands for it (`UNSIGNED-PAYLOAD`). */
  readonly payloadHash: string;
}

export class Verifier extends SignatureV4 {
  readonly #claim: Claim;

  constructor({ secretAccessKey, accessKeyId }: AccessKey, claim: Claim) {
    const { region, service } = claim.credential;
    super({
      credentials: { accessKeyId, secretAccessKey },
      region,
      service,
      sha256: StreamingSha256,
      // Paths come canonicalised already.
      uriEscapePath: false,
    });
    this.#claim = claim;
  }

  canonicalRequest({ method, path, query, headers, payloadHash }: ToVerify): string {
    const { signedHeaders } = this.#claim;
    const signed = signedHeaders.flatMap((name) => {
      const value = headers[name];
      return value === undefined ? [] : [[name, value] as const];
    });
    const bag = Object.fromEntries(
      Object.entries(query).map(([name, value]) => [
        name,
        typeof value === 'string' ? value : [...value],
      ]),
    );
    const message = {
      method,
      path,
      query: bag,
      headers: Object.fromEntries(signed),
      protocol: 'https:',
      hostname: headers.host ?? '',
    };
    const canonical = getCanonicalHeaders(message, undefined, new Set(signedHeaders));
    return this.createCanonicalRequest(message, canonical, payloadHash);
  }

  stringToSign(canonicalRequest: string): Promise<string> {
    const { amzDate, credential } = this.#claim;
    return this.createStringToSign(amzDate, scopeOf(credential), canonicalRequest, ALGORITHM);
  }

  /** Hex. */
  signatureOf(stringToSign: string): Promise<string> {
    return this.sign(stringToSign, { signingDate: isoOf(this.#claim.amzDate) as string });
  }
}

/** Takes as long whatever the difference. */
export function sameInConstantTime(a: string, b: string): boolean {
  const [x, y] = [fromUtf8(a), fromUtf8(b)];
  let difference = x.length ^ y.length;
  for (let i = 0; i < x.length; i++) difference |= (x[i] as number) ^ (y[i] ?? 0);
  return difference === 0;
}

/**
 * The check as work for a desk: output `stringToSign`. What the signature should have been is told to nobody.
 * `refuse` makes the service's refusal of what does not match.
 */
export const checked = (
  accessKey: AccessKey,
  claim: Claim,
  request: ToVerify,
  refuse: (computed: { canonicalRequest: string; stringToSign: string }) => Error,
): Work<{ stringToSign: ReturnType<typeof fromUtf8> }> => {
  const verifier = new Verifier(accessKey, claim);
  const canonicalRequest = verifier.canonicalRequest(request);
  return {
    algorithm: ALGORITHM,
    inputs: { canonicalRequest: fromUtf8(canonicalRequest), sent: fromUtf8(claim.signature) },
    facts: { principal: accessKey.principal, accessKeyId: accessKey.accessKeyId },
    async run() {
      const stringToSign = await verifier.stringToSign(canonicalRequest);
      const expected = await verifier.signatureOf(stringToSign);
      if (!sameInConstantTime(expected, claim.signature))
        throw refuse({ canonicalRequest, stringToSign });
      return { stringToSign: fromUtf8(stringToSign) };
    },
  };
};

/** The request as one of this principal, or of nobody. What it said about that itself, signed or not, is gone. */
export function from(request: HttpRequest, principal: string | undefined): HttpRequest {
  const { [PRINCIPAL]: _, [VIA]: __, ...headers } = request.headers;
  return { ...request, headers: principal ? { ...headers, [PRINCIPAL]: principal } : headers };
}
