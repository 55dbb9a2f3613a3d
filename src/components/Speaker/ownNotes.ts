// Notes that a presenter writes for a step, kept in this browser by scenario. A browser that keeps nothing has them until the
// window closes, and says so.
import type { Place } from '../../player';

const NAME = 'sealed.notes';
const MOST_CHARACTERS = 500_000;
type Scenario = Pick<Place, 'flow' | 'variant' | 'fault'>;
type All = Record<string, Record<string, string>>;

let here: All | undefined;

const scenarioOf = ({ flow, variant, fault }: Scenario): string =>
  [flow, variant, fault ?? ''].join('.');

function isAll(value: unknown): value is All {
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.values(value).every(
      (notes) =>
        typeof notes === 'object' &&
        notes !== null &&
        Object.values(notes).every((note) => typeof note === 'string'),
    )
  );
}

function all(): All {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(NAME) ?? '{}');
    if (isAll(kept)) return kept;
  } catch {
    // Blocked, or not ours: what was written in this window is all there is.
  }
  return here ?? {};
}

/** By the step's index in the run. */
export const notesOf = (scenario: Scenario): Readonly<Record<string, string>> =>
  all()[scenarioOf(scenario)] ?? {};

/** False when the browser did not keep it. */
export function writeNote(scenario: Scenario, step: number, text: string): boolean {
  const notes = all();
  const name = scenarioOf(scenario);
  const { [step]: _, ...others } = notes[name] ?? {};
  here = { ...notes, [name]: text === '' ? others : { ...others, [step]: text } };
  const json = JSON.stringify(here);
  if (json.length > MOST_CHARACTERS) return false;
  try {
    localStorage.setItem(NAME, json);
    return true;
  } catch {
    return false;
  }
}
