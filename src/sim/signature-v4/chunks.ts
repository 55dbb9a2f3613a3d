// The signatures inside an aws-chunked body. Each chunk's is over the one before it, beginning with the request's own:
//   AWS4-HMAC-SHA256-PAYLOAD  time, scope, signature before, SHA-256 of nothing, SHA-256 of the chunk
//   AWS4-HMAC-SHA256-TRAILER  time, scope, signature before, SHA-256 of `name:value\n` …
// Source: S3 API, "Signature calculations: transferring a payload in multiple chunks", "… including trailing headers".
import { EMPTY, fromUtf8 } from '../crypto/bytes';
import { sha256Hex } from '../crypto/streaming-sha256';
import { readChunks, TRAILER_SIGNATURE, trailerLines } from '../s3/aws-chunked';
import type { Bytes } from '../types';
import { ALGORITHM, type Claim, scopeOf } from './claim';
import { sameInConstantTime, type Verifier } from './verifier';

/** The string to sign and the signature of what does not match; undefined when everything does. */
export async function mismatchIn(
  body: Bytes,
  claim: Claim,
  verifier: Verifier,
  withTrailer: boolean,
): Promise<{ stringToSign: string; sent: string } | undefined> {
  const { chunks, rest } = readChunks(body);
  let before = claim.signature;
  const wrong = async (kind: string, hashes: readonly string[], sent = '') => {
    const stringToSign = [
      `${ALGORITHM}-${kind}`,
      claim.amzDate,
      scopeOf(claim.credential),
      before,
      ...hashes,
    ].join('\n');
    before = await verifier.signatureOf(stringToSign);
    return sameInConstantTime(before, sent) ? undefined : { stringToSign, sent };
  };
  for (const { bytes, signature } of chunks) {
    const found = await wrong('PAYLOAD', [sha256Hex(EMPTY), sha256Hex(bytes)], signature);
    if (found) return found;
  }
  if (!withTrailer) return undefined;
  const lines = trailerLines(rest);
  const text = lines
    .filter(([name]) => name !== TRAILER_SIGNATURE)
    .map(([name, value]) => `${name}:${value}\n`)
    .join('');
  const sent = lines.find(([name]) => name === TRAILER_SIGNATURE)?.[1];
  return wrong('TRAILER', [sha256Hex(fromUtf8(text))], sent);
}
