// A run to take along: every input and output of every deed as a file of its own, the recording in the forms that other
// tools read, and scripts that compute every value again with tools that are not ours.
import { cloudTrailOf, type DeedStep, fromUtf8, type NamedBytes } from '../../sim';
import { asHar, json, type Pieces, secretsOf, stepsOf } from '../export';
import type { Run } from '../types';
import { verdictOf } from '../verdict';
import { VERIFY_MJS } from './verify-mjs';
import { verifySh } from './verify-sh';

export interface ArchiveFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** What is said of a run in some language. */
export interface Telling {
  /** Of each step, by its index. */
  readonly captions: readonly string[];
  readonly transcript: string;
  readonly readme: string;
}

/** A deed as the scripts read it: which files it read and made. */
export interface FiledDeed {
  readonly step: number;
  readonly key: string;
  readonly algorithm: string;
  readonly failed: boolean;
  readonly facts: Readonly<Record<string, string>>;
  readonly inputs: Readonly<Record<string, string>>;
  readonly outputs: Readonly<Record<string, string>>;
}

const written = (pieces: Pieces): Uint8Array => fromUtf8([...pieces, '\n'].join(''));

function filed(step: DeedStep): { deed: FiledDeed; files: ArchiveFile[] } {
  const files: ArchiveFile[] = [];
  const put = (folder: string, values: NamedBytes): Record<string, string> =>
    Object.fromEntries(
      Object.entries(values).map(([name, bytes]) => {
        const file = `${folder}/${String(step.index).padStart(3, '0')}-${name.replaceAll(' ', '-')}.bin`;
        files.push({ name: file, bytes });
        return [name, file];
      }),
    );
  const { index, key, algorithm, failed, facts } = step;
  const inputs = put('inputs', step.inputs);
  const outputs = put('outputs', step.outputs);
  return { deed: { step: index, key, algorithm, failed, facts, inputs, outputs }, files };
}

/** The recording as `trace.json` has it. */
export function traceJson({ scenario, trace }: Run, captions: readonly string[]): Uint8Array {
  const { flow, variant, fault, seed, changes = [] } = scenario;
  const document = {
    flow,
    variant,
    fault: fault ?? null,
    changes,
    seed,
    verdict: verdictOf({ scenario, trace }) ?? null,
    steps: stepsOf(trace.steps, ({ index }) => captions[index] ?? ''),
    secrets: secretsOf(trace.secrets),
  };
  return written(json(document));
}

export const harJson = ({ trace }: Run): Uint8Array => written(json(asHar(trace.steps)));

export function archiveOf(run: Run, { captions, transcript, readme }: Telling): ArchiveFile[] {
  const { trace } = run;
  const deeds = trace.steps.flatMap((step) => (step.kind === 'deed' ? [filed(step)] : []));
  const list = deeds.map(({ deed }) => deed);
  const text = (name: string, content: string): ArchiveFile => ({ name, bytes: fromUtf8(content) });
  return [
    text('README.txt', readme),
    text('transcript.txt', transcript),
    text('verify.sh', verifySh(list)),
    text('verify.mjs', VERIFY_MJS),
    { name: 'trace.json', bytes: traceJson(run, captions) },
    { name: 'run.har', bytes: harJson(run) },
    text('cloudtrail.json', `${JSON.stringify(cloudTrailOf(trace.steps, true), undefined, 2)}\n`),
    text('deeds.json', `${JSON.stringify(list, undefined, 1)}\n`),
    ...deeds.flatMap(({ files }) => files),
  ];
}
