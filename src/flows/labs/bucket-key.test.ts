import { expect, it } from 'vitest';
import { scenarioOf } from '../testing/cases';
import { bucketKey } from './bucket-key';

const of = (variant: 'bucket-key' | 'customer-key', objects: number) =>
  bucketKey({ scenario: scenarioOf({ flow: 'sse-kms', variant, fault: undefined }), objects });

it('one request fetches a bucket key, however many objects follow', async () => {
  expect(await of('bucket-key', 0)).toEqual({ objects: 2, requests: 1 });
  expect(await of('bucket-key', 18)).toEqual({ objects: 20, requests: 1 });
});

it('without a bucket key each object costs a request to store and one to read', async () => {
  expect(await of('customer-key', 18)).toEqual({ objects: 19, requests: 19 * 2 });
});
