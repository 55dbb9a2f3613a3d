// What goes wrong: announced, seen to happen, caught by whoever catches it, and put right again.
import { controls, countSteps, expect, open, type SchemeId, STILL, test } from './app';

test.use(STILL);

/** A fault, what the page says of it in the end, and whether it ends in a failed step. */
const CASES: readonly [
  scheme: SchemeId,
  variant: string,
  fault: string,
  name: string,
  verdict: RegExp,
  fails: boolean,
][] = [
  [
    'cse-kms',
    'v2',
    'no-generate',
    'You lose kms:GenerateDataKey',
    /Caught by KMS's policy check/,
    true,
  ],
  [
    'cse-kms',
    'v3',
    'data-key-bit',
    'One bit of the sealed data key flips',
    /tag of the sealed data key, in the HSM/,
    true,
  ],
  [
    'cse-kms',
    'v2',
    'objects-swapped',
    'Two objects are swapped whole',
    /Nothing caught it: another object/,
    false,
  ],
  [
    'cse-local',
    'aes',
    'wrapping-key-lost',
    'You lose your wrapping key',
    /The object is lost/,
    true,
  ],
  [
    'cse-local',
    'rsa',
    'object-bit',
    'One bit of the stored object flips',
    /Caught by the authentication tag/,
    true,
  ],
  ['sse-s3', 'default', 'no-decrypt', 'You lose kms:Decrypt', /came back unchanged/, false],
  [
    'sse-s3',
    'header',
    'bodies-swapped',
    "Two objects' bytes are swapped",
    /tag of the stored object, in S3/,
    true,
  ],
  [
    'sse-kms',
    'customer-key',
    'key-disabled',
    'The KMS key is disabled',
    /it looks at the key's state/,
    true,
  ],
  [
    'sse-kms',
    'aws-s3',
    'wrong-context',
    'The stored encryption context is edited',
    /in the HSM/,
    true,
  ],
  [
    'sse-kms',
    'bucket-key',
    'key-disabled',
    'The KMS key is disabled',
    /came back unchanged/,
    false,
  ],
  [
    'dsse-kms',
    'customer-key',
    'no-decrypt',
    'You lose kms:Decrypt',
    /Caught by KMS's policy check/,
    true,
  ],
  ['sse-c', 'unblocked', 'wrong-customer-key', 'You send another key', /salted HMAC/, true],
  [
    'sse-c',
    'unblocked',
    'no-customer-key',
    'You send no key',
    /Caught by S3 when it read the request/,
    true,
  ],
  ['sse-c', 'unblocked', 'bucket-blocks', 'The bucket blocks SSE-C', /block on SSE-C/, true],
];

for (const [scheme, variant, fault, name, verdict, fails] of CASES) {
  test(`${scheme} ${variant}: ${name}`, async ({ page }) => {
    const c = controls(page);
    await open(page, `#/${scheme}?variant=${variant}&seed=faults`);
    const healthy = await countSteps(page);
    await c.fault.selectOption(name);
    const ribbon = page.getByText(`You changed: ${name}.`);
    await expect(ribbon).toBeVisible();
    await expect(page).toHaveURL(new RegExp(`fault=${fault}`));
    await expect(c.slider).toBeEnabled();
    await expect(c.slider).toHaveValue('0');

    // At the end the verdict stands in place of the ribbon, and in the inspector with the reason.
    await c.slider.press('End');
    await expect(c.slider).toHaveValue(String(await countSteps(page)));
    await expect(ribbon).toHaveCount(0);
    await expect(page.getByRole('main').getByText(verdict).first()).toBeVisible();
    await expect(c.inspector).toContainText(verdict);
    const ticks = page.locator('[data-kind=failure]');
    if (fails) {
      await expect(ticks).not.toHaveCount(0);
      await expect(c.alert).toHaveText(/^Step \d+ of \d+, failed\. .+/);
      await expect(c.status).toHaveText('');
    } else {
      await expect(ticks).toHaveCount(0);
      await expect(c.status).toHaveText(/^Step \d+ of \d+\. .+/);
    }

    await page.getByRole('button', { name: 'Reset' }).click();
    await expect(page).not.toHaveURL(/fault=/);
    await expect(c.slider).toBeEnabled();
    await expect(page.getByRole('button', { name: 'Reset' })).toHaveCount(0);
    await expect(c.slider).toHaveAttribute('max', String(healthy));
    await expect(ticks).toHaveCount(0);
  });
}
