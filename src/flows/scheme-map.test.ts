import { describe, expect, it } from 'vitest';
import type { ActorId } from '../sim';
import { DEFAULT_OWN, FLOW_IDS, FLOWS, runScenario } from '.';
import { PLACES, SCHEME_MAP } from './scheme-map';

const ACTORS_AT: Record<(typeof PLACES)[number], readonly ActorId[]> = {
  yours: ['you', 'client'],
  s3: ['s3', 's3-keys'],
  kms: ['kms', 'hsm'],
  disks: ['storage'],
};

/** Per-call keys pass; in client-side encryption, S3's own layer is taken off. */
function plain(id: string, clientSide: boolean): string | undefined {
  if (/^P/.test(id)) return undefined;
  if (!clientSide) return id;
  return /^(D2|R1)/.test(id) ? undefined : id.replace('<D2', '');
}

describe.each(FLOW_IDS)('the map of %s', (flow) => {
  it('shows what a real upload leaves in each place', async () => {
    const variant = FLOWS[flow].variants[0].id;
    const { trace } = await runScenario({
      flow,
      variant,
      fault: undefined,
      seed: 'map',
      own: DEFAULT_OWN,
    });
    const put = trace.steps.filter(({ chapter }) => chapter === 'put');
    for (const place of PLACES) {
      const held = put.flatMap((step) =>
        ACTORS_AT[place].flatMap((actor) => [...step.knows[actor], ...step.has[actor]]),
      );
      const shown = held
        .map((id) => plain(id, flow.startsWith('cse')))
        .filter((id) => id !== undefined);
      expect([...SCHEME_MAP[flow][place]].sort(), place).toEqual([...new Set(shown)].sort());
    }
  });
});
