// The run as headings and lines: chapters, their parts, and in each the steps that the level shows.
import type { PhaseId } from '../../flows';
import type { Loaded } from '../../player';
import type { ChapterId, Depth, Step } from '../../sim/types';

export interface Line {
  readonly step: Step;
  /** Its number at this level, from 1. */
  readonly number: number;
}
export interface Part {
  readonly id: PhaseId;
  readonly start: number;
  readonly lines: readonly Line[];
}
export interface Section {
  readonly id: ChapterId;
  readonly parts: readonly Part[];
}

export function outlineOf({ run, visible, phases }: Loaded, level: Depth): readonly Section[] {
  const { steps } = run.trace;
  const sections: { id: ChapterId; parts: { id: PhaseId; start: number; lines: Line[] }[] }[] = [];
  let phase = 0;
  visible[level].forEach((index, at) => {
    const step = steps[index];
    while (phases[phase] && index >= (phases[phase]?.end ?? 0)) phase++;
    const current = phases[phase];
    if (!step || !current) return;
    let section = sections.at(-1);
    if (section?.id !== step.chapter) {
      section = { id: step.chapter, parts: [] };
      sections.push(section);
    }
    let part = section.parts.at(-1);
    // Two stretches of one part with only hidden steps between them read as one.
    if (part?.id !== current.id) {
      part = { id: current.id, start: index, lines: [] };
      section.parts.push(part);
    }
    part.lines.push({ step, number: at + 1 });
  });
  return sections;
}
