import { beforeEach, describe, expect, it } from 'vitest';
import { fromUtf8 } from '../crypto/bytes';
import { ANA, PRINCIPAL, SOURCE_IP } from '../names';
import { BUCKET, createScene, errorOf, type Scene } from '../testing/scene';

let scene: Scene;
beforeEach(async () => {
  scene = await createScene();
});

const EVE = 'arn:aws:iam::444455556666:user/eve';
const own = {
  Effect: 'Allow',
  Principal: { AWS: EVE },
  Action: 's3:GetObject',
  Resource: `arn:aws:s3:::${BUCKET}/*`,
};
const put = (...Statement: object[]) =>
  scene.s3('PUT', '/?policy', {}, fromUtf8(JSON.stringify({ Version: '2012-10-17', Statement })));
const everything = { Effect: 'Allow', Action: '*', Resource: '*' } as const;

describe('a bucket policy', () => {
  it.each([
    ['no principal', { Principal: undefined }, 'Invalid principal in policy'],
    ['a principal that is none', { Principal: { AWS: 'eve' } }, 'Invalid principal in policy'],
    ['no action', { Action: undefined }, 'Missing required field Action'],
    ['an action that is none', { Action: 'GetObject' }, 'Policy has invalid action'],
    ['no resource', { Resource: undefined }, 'Missing required field Resource'],
    ['another bucket', { Resource: 'arn:aws:s3:::other/*' }, 'Policy has invalid resource'],
    ['a longer name', { Resource: `arn:aws:s3:::${BUCKET}2/*` }, 'Policy has invalid resource'],
    [
      'an operator that is not known',
      { Condition: { StringRhymes: { 'aws:PrincipalArn': EVE } } },
      'The condition operator StringRhymes is not supported.',
    ],
  ])('is refused with %s', async (_, change, Message) => {
    const answer = await put({ ...own, ...change });
    expect({ status: answer.status, ...errorOf(answer) }).toMatchObject({
      status: 400,
      Code: 'MalformedPolicy',
      Message,
    });
    expect((await scene.s3('GET', '/?policy')).status).toBe(404);
  });

  it.each([`arn:aws:s3:::${BUCKET}`, 'arn:aws:s3:::*', 'arn:aws:s3:::dia*/x', '*'])(
    'may speak of %s',
    async (Resource) => {
      expect((await put({ ...own, Resource })).status).toBe(204);
    },
  );

  it('lets somebody of another account in, if that account does', async () => {
    await scene.put('a', fromUtf8('x'));
    const get = () => scene.get('a', { [PRINCIPAL]: EVE });
    expect(errorOf(await get())).toMatchObject({ Code: 'AccessDenied', Message: 'Access Denied' });
    await put(own);
    expect((await get()).status).toBe(403);
    scene.iam.put(EVE, { Version: '2012-10-17', Statement: [everything] });
    expect((await get()).status).toBe(200);
    expect(scene.news().findLast(({ key }) => key === 's3 authorises request')).toMatchObject({
      facts: { decision: 'Allow', policy: 'identity policy', delegatedBy: 'bucket policy: no. 1' },
    });
    await scene.s3('DELETE', '/?policy');
    expect((await get()).status).toBe(403);
  });

  it('sees from where a request comes, and the record shows what it saw and which statement decided', async () => {
    await scene.put('a', fromUtf8('x'));
    const elsewhere = { NotIpAddress: { 'aws:SourceIp': '203.0.113.0/24' } };
    const deny = { ...own, Sid: 'AtHome', Effect: 'Deny', Principal: '*', Condition: elsewhere };
    await put(deny);
    expect((await scene.get('a', { [SOURCE_IP]: '203.0.113.9' })).status).toBe(200);
    expect((await scene.get('a', { [SOURCE_IP]: '198.51.100.7' })).status).toBe(403);
    const step = scene.news().findLast(({ key }) => key === 's3 authorises request');
    if (step?.kind !== 'deed') throw new Error('no decision');
    const read = (name: string) => JSON.parse(new TextDecoder().decode(step.inputs[name]));
    expect(step.facts).toMatchObject({ principal: ANA, decision: 'Deny', statement: 'AtHome' });
    expect(read('conditions')).toMatchObject({
      'aws:sourceip': '198.51.100.7',
      'aws:username': 'ana',
      'aws:securetransport': 'true',
    });
    expect(read('statement')).toMatchObject({ Sid: 'AtHome', Effect: 'Deny' });
  });
});
