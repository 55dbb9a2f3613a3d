import { describe, expect, it } from 'vitest';
import { ACTORS } from '../sim';
import { DEFAULT_OWN, FLOW_IDS, FLOWS, runScenario } from '.';
import { HELD, heldAt, PLACES } from './scheme-map';

/** Per-call keys pass; in client-side encryption, S3's own layer is taken off. */
function plain(id: string, clientSide: boolean): string | undefined {
  if (/^P/.test(id)) return undefined;
  if (!clientSide) return id;
  return /^(D2|R1)/.test(id) ? undefined : id.replace('<D2', '');
}

describe.each(FLOW_IDS)('what is held in %s', (flow) => {
  const run = runScenario({
    flow,
    variant: FLOWS[flow].variants[0].id,
    fault: undefined,
    seed: 'map',
    own: DEFAULT_OWN,
  });
  const clientSide = flow.startsWith('cse');
  const shown = (ids: readonly string[]): string[] =>
    [...new Set(ids.map((id) => plain(id, clientSide)).filter((id) => id !== undefined))].sort();

  it.each(ACTORS)('by %s is what a real upload leaves there', async (actor) => {
    const put = (await run).trace.steps.filter(({ chapter }) => chapter === 'put');
    const held = put.flatMap((step) => [...step.knows[actor], ...step.has[actor]]);
    expect([...HELD[flow][actor]].sort()).toEqual(shown(held));
  });

  it('is all that anybody ever reads, later too', async () => {
    for (const { knows } of (await run).trace.steps)
      for (const actor of ACTORS)
        for (const id of shown(knows[actor])) expect(HELD[flow][actor], actor).toContain(id);
  });

  it('stands on the map once for each place', () => {
    for (const place of PLACES) {
      const ids = heldAt(flow, place);
      expect(new Set(ids).size).toBe(ids.length);
      const keys = ids.findIndex((id) => !id.startsWith('O'));
      expect(ids.slice(Math.max(keys, 0)).filter((id) => keys >= 0 && id.startsWith('O'))).toEqual(
        [],
      );
    }
  });
});
