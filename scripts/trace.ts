// `npm run trace -- <flow> [options]`: the same run as on the page, as text or as one JSON document.
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { told, words } from '../cloud/trace/words';
import { captionOf, FLOWS, runScenario, type Scenario, visibleAt } from '../src/flows';
import { LABS } from '../src/flows/labs';
import { cloudTrailOf, type Step } from '../src/sim';
import { summaryOf } from '../src/sim/outside';
import { asJson, asText } from './trace-output';
import { readRequest, Usage } from './trace-request';

/** Characters that are written at once. */
const WRITTEN = 1 << 18;

const HELP = `npm run trace -- <flow> [--chapter put|get] [--variant v] [--fault f] [--seed s]
                 [--text t | --file f] [--level overview|standard|deep]
                 [--json | --cloudtrail [--data-events] | --zip file]
npm run trace -- --list    names flows, variants and faults
`;

function list(): string {
  const lines = Object.values(FLOWS).flatMap((flow) => [
    flow.id,
    ...flow.variants.map((v) => `  ${v.id.padEnd(16)} faults: ${v.faults.join(', ')}`),
  ]);
  return `${lines.join('\n')}\n`;
}

async function trace(args: readonly string[]): Promise<Iterable<string>> {
  const request = readRequest(args);
  if (request === 'help') return [HELP];
  if (request === 'list') return [list()];
  const { scenario, level, chapter, as, zip } = request;
  if (zip !== undefined) return save(scenario, zip);
  const run = await runScenario(scenario);
  const isAsked = (step: Step): boolean => chapter === undefined || step.chapter === chapter;
  // What is logged does not depend on how closely one looks.
  if (as === 'cloudtrail' || as === 'cloudtrail with data events')
    return log(run.trace.steps.filter(isAsked), as === 'cloudtrail with data events');
  const steps = visibleAt(run.trace, level)
    .map((index) => run.trace.steps[index] as Step)
    .filter(isAsked);
  return as === 'json' ? asJson(run, steps) : asText(run, steps);
}

async function save(scenario: Scenario, file: string): Promise<Iterable<string>> {
  const run = await runScenario(scenario);
  const captions = run.trace.steps.map((step) => told(captionOf(run, step)));
  const transcript = [...asText(run, run.trace.steps)].join('');
  const readme = words.t('archive readme', { ns: 'archive', title: transcript.split('\n')[0] });
  const bytes = await LABS.archive({ scenario, telling: { captions, transcript, readme } });
  try {
    writeFileSync(file, bytes);
  } catch (error) {
    throw new Usage(`The file '${file}' cannot be written: ${(error as Error).message}`);
  }
  return [`${words.t('archive saved', { ns: 'archive', file })}\n`];
}

/** What is not in it is said beside it: SSE-S3 leaves no KMS event. */
function log(steps: readonly Step[], dataEvents: boolean): Iterable<string> {
  const written = cloudTrailOf(steps, dataEvents);
  process.stderr.write(`${summaryOf(written, dataEvents)}\n`);
  return [JSON.stringify(written, undefined, 2), '\n'];
}

async function write(pieces: Iterable<string>): Promise<void> {
  const { stdout } = process;
  // Whoever reads may have seen enough: `… | head`.
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit();
  });
  let waiting = '';
  for (const piece of pieces) {
    waiting += piece;
    if (waiting.length < WRITTEN) continue;
    if (!stdout.write(waiting)) await once(stdout, 'drain');
    waiting = '';
  }
  stdout.write(waiting);
}

try {
  await write(await trace(process.argv.slice(2)));
} catch (error) {
  if (!(error instanceof Usage)) throw error;
  process.stderr.write(`${error.message.replace(/\s*[\r\n]+\s*/g, ' ')}\n`);
  process.exitCode = 2;
}
