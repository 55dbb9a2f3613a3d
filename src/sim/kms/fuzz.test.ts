import fc from 'fast-check';
import { expect, it } from 'vitest';
import { DAY } from '../clock';
import { ADMIN, ANA, PRINCIPAL } from '../names';
import { BEN, createScene } from '../testing/scene';
import { OPERATIONS, type Operation } from '../types';

const NOT_OF_KMS = /Bucket|Object|Metadata|BackingKey|WrappingKeyPair/;
/** A key pair takes a while; import.test.ts makes some. */
const SLOW = ['GetParametersForImport'];
const operations = OPERATIONS.filter((o) => !NOT_OF_KMS.test(o) && !SLOW.includes(o));

const PARAMETERS = [
  'AliasName',
  'CiphertextBlob',
  'Constraints',
  'Description',
  'DestinationKeyId',
  'DryRun',
  'EncryptedKeyMaterial',
  'EncryptionAlgorithm',
  'EncryptionContext',
  'ExpirationModel',
  'GrantId',
  'GrantToken',
  'GrantTokens',
  'GranteePrincipal',
  'ImportToken',
  'KeyId',
  'KeyMaterialId',
  'KeySpec',
  'Limit',
  'Marker',
  'Name',
  'NumberOfBytes',
  'Operations',
  'Origin',
  'PendingWindowInDays',
  'Plaintext',
  'Policy',
  'PolicyName',
  'RetiringPrincipal',
  'RotationPeriodInDays',
  'SourceEncryptionContext',
  'SourceKeyId',
  'TagKeys',
  'Tags',
  'TargetKeyId',
  'ValidTo',
];

it('KMS answers anything with 200 or with one of its refusals, whatever day it is', () =>
  fc.assert(
    fc.asyncProperty(fc.infiniteStream(fc.nat()), async (numbers) => {
      const pick = <T>(from: readonly T[]): T =>
        from[(numbers.next().value as number) % from.length] as T;
      const scene = await createScene();
      const known: unknown[] = ['alias/one', 'alias/two', ADMIN, ANA, BEN, 'aGVsbG8=', 90, 1, true];
      known.push(null, '', 'x', -1, 1e99, [], {}, { a: 'b' }, { a: 1 }, ['Decrypt'], ['x']);
      known.push('AES_256', 'EXTERNAL', 'SYMMETRIC_DEFAULT', [{ TagKey: 'a', TagValue: 'b' }]);
      known.push({ EncryptionContextSubset: { a: 'b' } }, [null], '{"Statement":[]}', 10, 7);
      const keys: unknown[] = [await scene.createKey(), await scene.createKey()];
      const fitting: Readonly<Record<string, readonly unknown[]>> = {
        KeyId: keys,
        TargetKeyId: keys,
        DestinationKeyId: keys,
        AliasName: ['alias/one', 'alias/two'],
        GranteePrincipal: [ANA, BEN],
        Operations: [['Decrypt', 'CreateGrant'], ['Encrypt']],
        KeySpec: ['AES_256', 'SYMMETRIC_DEFAULT'],
        Plaintext: ['aGVsbG8='],
        Tags: [[{ TagKey: 'a', TagValue: 'b' }]],
        TagKeys: [['a']],
      };
      for (let i = 0; i < 120; i++) {
        const operation = pick(operations);
        const body: Record<string, unknown> = {};
        for (const name of PARAMETERS) {
          if (fitting[name] && pick([true, true, false])) body[name] = pick(fitting[name]);
          else if (pick([true, false, false, false, false, false])) body[name] = pick(known);
        }
        const headers = { [PRINCIPAL]: pick([ADMIN, ADMIN, ANA, 'nobody']) };
        const answer = await scene.kms(operation as Operation, body, headers);
        const { status, body: said } = answer;
        if (status !== 200) {
          expect([operation, status, said.__type]).toEqual([
            operation,
            400,
            expect.stringMatching(/^[A-Z][A-Za-z]+Exception$/),
          ]);
        }
        for (const name of [
          'CiphertextBlob',
          'GrantId',
          'GrantToken',
          'NextMarker',
          'KeyMaterialId',
        ])
          if (said[name]) known.push(said[name]);
        const made = said.KeyMetadata as { Arn: string } | undefined;
        if (made && keys.length < 6) keys.push(made.Arn);
        if (pick([true, false, false, false])) scene.clock.advance(pick([1, 10, 100]) * DAY);
      }
    }),
    { numRuns: 12 },
  ));
