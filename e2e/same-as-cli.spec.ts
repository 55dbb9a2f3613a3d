// The page and the command line show the same run: the same steps, the same words, the same bytes.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Locator, Page } from '@playwright/test';
import { controls, expect, open, SCHEME_IDS, type SchemeId, STILL, test } from './app';

test.use(STILL);

interface CliStep {
  readonly index: number;
  readonly key: string;
  readonly kind: 'request' | 'response' | 'deed';
  readonly from: string;
  readonly to: string;
  readonly operation: string;
  readonly caption: string;
  readonly failed: boolean;
  readonly message?: { method?: string; path?: string; status?: number; bodyBase64: string };
  readonly deed?: {
    algorithm: string;
    inputs: Record<string, string>;
    outputs: Record<string, string>;
  };
}
interface CliRun {
  readonly steps: readonly CliStep[];
}

const ACTORS: Readonly<Record<string, string>> = {
  you: 'You',
  client: 'Client',
  s3: 'S3',
  's3-keys': "S3's own keys",
  kms: 'KMS',
  hsm: 'HSM',
  storage: 'Storage',
};
/** One run a scheme; the last is one in which something goes wrong. */
const RUNS: readonly [SchemeId, variant?: string, fault?: string][] = [
  ...SCHEME_IDS.map((id): [SchemeId] => [id]),
  ['cse-kms', 'v3', 'object-bit'],
  ['sse-kms', 'bucket-key', 'key-disabled'],
];

async function cli(flow: string, variant?: string, fault?: string): Promise<CliRun> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [
      ...['--import', 'tsx', 'scripts/trace.ts', flow, '--json', '--level', 'deep'],
      ...['--seed', 'same-as-cli'],
      ...(variant ? ['--variant', variant] : []),
      ...(fault ? ['--fault', fault] : []),
    ],
    { maxBuffer: 64 * 1024 * 1024 },
  );
  return JSON.parse(stdout) as CliRun;
}

/** The heading of a message; of a deed, who does it. */
function titleOf({ kind, from, to, operation, failed }: CliStep): string {
  if (kind === 'deed') return `${ACTORS[from]} · `;
  const end = kind === 'request' ? '' : failed ? ', the refusal' : ', the answer';
  return `${ACTORS[from]} → ${ACTORS[to]} · ${operation}${end}`;
}

/** The lines of the transcript: the step's number in the run, its heading, caption and details. */
const linesOf = (transcript: Locator) =>
  transcript.locator('li[data-step]').evaluateAll((lines) =>
    lines.map((line) => ({
      index: Number(line.getAttribute('data-step')),
      title: (line.querySelector('button')?.lastChild?.textContent ?? '').trim(),
      caption: line.querySelector('p')?.textContent ?? '',
      failed: line.hasAttribute('data-failed'),
      details: [...line.querySelectorAll('dl > div')].map(
        (row) =>
          [
            row.querySelector('dt')?.textContent ?? '',
            row.querySelector('dd')?.textContent ?? '',
          ] as const,
      ),
    })),
  );

/** Every grid of the Bytes tab, as far as it is in sight, as hex without spaces. */
const gridsOf = (page: Page): Promise<string[]> =>
  controls(page)
    .inspector.getByRole('region', { name: /^Bytes of / })
    .evaluateAll((grids) =>
      grids.map((grid) =>
        [...grid.querySelectorAll('[data-per-row]')]
          .map((row) => (row.children[1]?.textContent ?? '').replace(/\s/g, ''))
          .join(''),
      ),
    );

/** What 8 bytes a row and 16 rows leave in sight, as hex. */
const IN_SIGHT = 2 * 8 * 16;

for (const [flow, variant, fault] of RUNS) {
  test(`${[flow, variant, fault].filter(Boolean).join(' ')} is the same run as in the terminal`, async ({
    page,
  }) => {
    const { steps } = await cli(flow, variant, fault);
    const parameters = new URLSearchParams({
      ...(variant && { variant }),
      ...(fault && { fault }),
      level: 'deep',
      seed: 'same-as-cli',
      view: 'transcript',
    });
    await open(page, `#/${flow}?${parameters}`);
    const { transcript, tab, slider } = controls(page);
    const lines = await linesOf(transcript);
    expect(lines.map(({ index, caption, failed }) => ({ index, caption, failed }))).toEqual(
      steps.map(({ index, caption, failed }) => ({ index, caption, failed })),
    );
    for (const [i, step] of steps.entries()) {
      const { title = '', details = [] } = lines[i] ?? {};
      expect(step.kind === 'deed' ? title.slice(0, titleOf(step).length) : title).toBe(
        titleOf(step),
      );
      const told = new Map(details);
      if (step.kind === 'request')
        expect(told.get('request')).toBe(`${step.message?.method} ${step.message?.path}`);
      if (step.kind === 'response') expect(told.get('status')).toBe(String(step.message?.status));
      if (step.kind === 'deed') expect(told.get('algorithm')).toBe(step.deed?.algorithm);
    }

    // Bytes: of each algorithm the first deed that has any.
    await tab('Bytes').click();
    const seen = new Set<string>();
    for (const [i, { deed }] of steps.entries()) {
      if (!deed || seen.has(deed.algorithm)) continue;
      const all = [...Object.values(deed.inputs), ...Object.values(deed.outputs)];
      const hex = all.filter((one) => one !== '');
      if (hex.length === 0) continue;
      seen.add(deed.algorithm);
      await transcript.getByRole('button', { name: new RegExp(`^Step ${i + 1}: `) }).click();
      await expect(slider).toHaveValue(String(i + 1));
      const grids = await gridsOf(page);
      expect(grids.map((grid) => grid.slice(0, IN_SIGHT))).toEqual(
        hex.map((one) => one.slice(0, IN_SIGHT)),
      );
    }
    expect(seen.size).toBeGreaterThan(1);
  });
}
