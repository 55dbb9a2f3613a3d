// `npm run model-doc`: writes the tables of docs/MODEL.md from the claims about every step of every flow. What stands
// before the mark is written by hand and stays.
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  CLAIM_STATUSES,
  type Claim,
  claimsOf,
  DEFAULT_OWN,
  DEFAULT_SEED,
  FLOWS,
  type Flow,
  runScenario,
  SOURCES,
  type VariantId,
} from '../src/flows';
import type { StepKey } from '../src/sim';
import { createWords } from '../src/words/all';

const FILE = fileURLToPath(new URL('../docs/MODEL.md', import.meta.url));
const MARK = '<!-- From here on written by `npm run model-doc` from src/flows/claims.ts. -->';
const STEPS_NAMED = 3;

const HEADINGS = {
  documented: 'What AWS documents',
  observed: 'What has been observed',
  modelled: 'What we modelled',
} as const;

interface Seen {
  readonly claim: Claim;
  readonly steps: Set<StepKey>;
  readonly variants: Set<VariantId>;
}

const words = createWords();
const cell = (text: string): string => text.replaceAll('|', '\\|');
const list = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(', ');

/** Every claim that any run of a flow meets, in the order in which it is first met. */
async function claimsSeen(flow: Flow): Promise<readonly Seen[]> {
  const seen = new Map<string, Seen>();
  for (const variant of flow.variants) {
    for (const fault of [undefined, ...variant.faults]) {
      const scenario = { flow: flow.id, variant: variant.id, fault };
      const run = await runScenario({ ...scenario, seed: DEFAULT_SEED, own: DEFAULT_OWN });
      for (const step of run.trace.steps) {
        for (const claim of claimsOf(run, step)) {
          const entry = seen.get(claim.id) ?? { claim, steps: new Set(), variants: new Set() };
          seen.set(claim.id, entry);
          entry.steps.add(step.key);
          entry.variants.add(variant.id);
        }
      }
    }
  }
  return [...seen.values()];
}

function row(flow: Flow, { claim, steps, variants }: Seen): string {
  const only = variants.size < flow.variants.length ? ` (only ${list([...variants])})` : '';
  const named = [...steps].slice(0, STEPS_NAMED);
  const more = steps.size > named.length ? `, and ${steps.size - named.length} more` : '';
  const sources = claim.sources.map((id) => `[${id}](#${id})`).join(', ') || 'none: not published';
  const sentence = cell(words.t(claim.id, { ns: 'claims' }));
  return `| ${sentence}${only} | ${list(named)}${more} | ${sources} |`;
}

async function flowPart(flow: Flow): Promise<string> {
  const seen = await claimsSeen(flow);
  const variants = flow.variants.map(
    ({ id }) => `\`${id}\` (${words.t(`variant ${id}`, { ns: 'flows' })})`,
  );
  const tables = CLAIM_STATUSES.flatMap((status) => {
    const rows = seen.filter(({ claim }) => claim.status === status);
    if (rows.length === 0) return [];
    const table = rows.map((entry) => row(flow, entry));
    return [
      '',
      `#### ${HEADINGS[status]}`,
      '',
      '| What | Steps | Sources |',
      '|---|---|---|',
      ...table,
    ];
  });
  return [
    `### ${words.t(`flow ${flow.id}`, { ns: 'flows' })} (\`${flow.id}\`)`,
    '',
    `Variants: ${variants.join(', ')}.`,
    ...tables,
  ].join('\n');
}

function sourcesPart(): string {
  const rows = Object.values(SOURCES).map(
    ({ id, title, url }) => `- <a id="${id}"></a>\`${id}\`: ${url ? `[${title}](${url})` : title}`,
  );
  return ['## Sources', '', ...rows].join('\n');
}

/** The document as it must be, given the one that is there. */
export async function modelDoc(current: string): Promise<string> {
  const [byHand, rest] = current.split(MARK);
  if (byHand === undefined || rest === undefined) throw new Error(`docs/MODEL.md lacks: ${MARK}`);
  const parts: string[] = [];
  for (const flow of Object.values(FLOWS)) parts.push(await flowPart(flow));
  const generated = ['## Flow by flow', ...parts, sourcesPart()].join('\n\n');
  return `${byHand}${MARK}\n\n${generated}\n`;
}

if (resolve(process.argv[1] ?? '') === fileURLToPath(import.meta.url)) {
  writeFileSync(FILE, await modelDoc(readFileSync(FILE, 'utf8')));
}
