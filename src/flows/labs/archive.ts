// A run as a zip, made again from its scenario: the same bytes, as all that is drawn comes from its seed.
import { type Zippable, zipSync } from 'fflate';
import { archiveOf, harJson, type Telling, traceJson } from '../archive/archive';
import { runScenario } from '../run';
import type { Scenario } from '../types';

interface Asked {
  readonly scenario: Scenario;
  readonly telling: Telling;
}

/** Every file has the same time: the archive of a run is the same, whenever it is made. */
const TIME = '2026-11-23T09:00:00';
const EXECUTABLE = { os: 3, attrs: 0o100755 << 16 };

export async function archive({ scenario, telling }: Asked): Promise<Uint8Array> {
  const run = await runScenario(scenario);
  const folder = `sealed-${scenario.flow}-${scenario.variant}`;
  const files: Zippable = {};
  for (const { name, bytes } of archiveOf(run, telling))
    files[`${folder}/${name}`] = [
      bytes,
      { mtime: TIME, ...(name === 'verify.sh' ? EXECUTABLE : {}) },
    ];
  return zipSync(files, { level: 6 });
}

/** The recording as JSON, and its messages as an HTTP Archive; UTF-8. */
export async function documents({
  scenario,
  captions,
}: {
  readonly scenario: Scenario;
  readonly captions: readonly string[];
}): Promise<{ readonly json: Uint8Array; readonly har: Uint8Array }> {
  const run = await runScenario(scenario);
  return { json: traceJson(run, captions), har: harJson(run) };
}
