import { beforeEach, describe, expect, it } from 'vitest';
import { fromUtf8 } from '../crypto/bytes';
import { accessKeyOf, sessionOf } from '../iam/access-keys';
import { kmsRequest } from '../kms/kms';
import { ANA, KMS_SERVICE, PRINCIPAL, S3_SERVICE, VIA } from '../names';
import { ANYTHING, createSignedScene, type SignedScene } from '../testing/signed-scene';
import { SEED, sha256Of, signed } from '../testing/signing';
import type { HttpRequest } from '../types';

let scene: SignedScene;
beforeEach(async () => {
  scene = await createSignedScene();
});

const SCOPE = '20261123/eu-west-1/kms/aws4_request';
const request = (): HttpRequest => {
  const { headers, body } = kmsRequest('ListKeys', {}, {});
  return signed({ method: 'POST', key: '', scope: SCOPE, host: KMS_SERVICE, body, headers });
};
const answered = (message: HttpRequest) => scene.kmsSends('ListKeys', message);
const changed = (headers: Record<string, string>) => {
  const message = request();
  return answered({ ...message, headers: { ...message.headers, ...headers } });
};
const refusal = (__type: string, message: unknown = expect.any(String)) => ({
  status: 400,
  body: { __type, message },
});

describe('KMS', () => {
  it('lets in whoever has the access key, whatever the request says of itself', async () => {
    expect((await scene.kms('CreateKey', {})).status).toBe(200);
    const eve = 'arn:aws:iam::444455556666:user/eve';
    const by = scene.iam.issue(accessKeyOf(SEED, eve));
    scene.iam.put(eve, ANYTHING);
    const headers = { [PRINCIPAL]: ANA, [VIA]: S3_SERVICE };
    const answer = await scene.kms('ListKeys', {}, { by, headers });
    expect(answer.body.message).toContain(`User: ${eve}`);
  });

  it('believes S3, which calls from inside, about whom it calls for', async () => {
    const { body } = await scene.kms('CreateKey', {});
    const { Arn } = body.KeyMetadata as { Arn: string };
    const headers = {
      'x-amz-server-side-encryption': 'aws:kms',
      'x-amz-server-side-encryption-aws-kms-key-id': Arn,
    };
    expect((await scene.put({ headers })).status).toBe(200);
    expect((await scene.send(signed())).status).toBe(200);
    const decisions = scene.world
      .trace()
      .steps.filter(({ key }) => key === 'kms authorises request');
    expect(decisions.at(-1)).toMatchObject({ facts: { principal: ANA, via: S3_SERVICE } });
  });

  it('refuses a request without a signature', async () => {
    const { authorization: _, ...headers } = request().headers;
    for (const more of [{}, { [PRINCIPAL]: ANA }])
      expect(await answered({ ...request(), headers: { ...headers, ...more } })).toEqual(
        refusal('MissingAuthenticationTokenException', 'Missing Authentication Token'),
      );
  });

  it.each([
    ['Bearer x', /missing equal-sign/],
    ['AWS4-HMAC-SHA256 SignedHeaders=host', /requires 'Credential' parameter. .*'Signature'/],
    ['AWS4-HMAC-SHA256 Credential=a, SignedHeaders=host, Signature=b', /5 slash-delimited/],
  ])('refuses an incomplete one: %s', async (authorization, text) => {
    expect(await changed({ authorization })).toEqual(
      refusal('IncompleteSignatureException', expect.stringMatching(text)),
    );
  });

  it('refuses a signature that does not match, and says what it signed itself', async () => {
    const message = request();
    const { host, 'x-amz-content-sha256': hash, 'x-amz-date': date } = message.headers;
    const body = fromUtf8('{"Limit":1}');
    const canonical = `POST\n/\n\ncontent-type:application/x-amz-json-1.1\nhost:${host}\nx-amz-content-sha256:${hash}\nx-amz-date:${date}\nx-amz-target:TrentService.ListKeys\n\ncontent-type;host;x-amz-content-sha256;x-amz-date;x-amz-target\n${sha256Of(body)}`;
    const text = `AWS4-HMAC-SHA256\n${date}\n${SCOPE}\n${sha256Of(canonical)}`;
    expect(await answered({ ...message, body })).toEqual(
      refusal(
        'InvalidSignatureException',
        `The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.\n\nThe Canonical String for this request should have been\n'${canonical}'\n\nThe String-to-Sign should have been\n'${text}'\n`,
      ),
    );
  });

  it('refuses an old or a future signature, and one for another place', async () => {
    const at = (amzDate: string) => scene.kms('ListKeys', {}, { amzDate });
    expect(await at('20261123T084459Z')).toEqual(
      refusal(
        'InvalidSignatureException',
        'Signature expired: 20261123T084459Z is now earlier than 20261123T084500Z (20261123T090000Z - 15 min.)',
      ),
    );
    expect((await at('20261123T091502Z')).body.message).toMatch(/^Signature not yet current: /);
    for (const [scope, text] of [
      ['20261123/us-east-1/kms/aws4_request', "valid region, not 'us-east-1'"],
      ['20261123/eu-west-1/s3/aws4_request', "correct service: 'kms'"],
      ['20261122/eu-west-1/kms/aws4_request', "'20261122' != '20261123', from '20261123T090000Z'"],
    ] as const)
      expect(await scene.kms('ListKeys', {}, { scope })).toEqual(
        refusal('InvalidSignatureException', expect.stringContaining(text)),
      );
  });

  it('does not know an access key of nobody, nor a session without its token', async () => {
    const session = scene.iam.issue(sessionOf(SEED, ANA, new Date('2026-11-24T00:00:00Z')));
    const { sessionToken: _, ...bare } = session;
    expect((await scene.kms('ListKeys', {}, { by: session })).status).toBe(200);
    for (const by of [accessKeyOf('elsewhere', ANA), bare])
      expect(await scene.kms('ListKeys', {}, { by })).toEqual(
        refusal(
          'UnrecognizedClientException',
          'The security token included in the request is invalid.',
        ),
      );
    const over = scene.iam.issue(sessionOf(SEED, ANA, new Date('2026-11-23T00:00:00Z')));
    expect((await scene.kms('ListKeys', {}, { by: over })).body.__type).toBe(
      'ExpiredTokenException',
    );
  });
});
