// A run as a sequence diagram in Mermaid's language: an arrow for every message, a note for every deed, in their order.
// Source of the syntax: mermaid.js.org/syntax/sequenceDiagram
import { ACTORS, type ActorId, type ChapterId, type Step } from '../../sim';

/** The words of the diagram. */
export interface MermaidWords {
  readonly title: string;
  actor(id: ActorId): string;
  chapter(id: ChapterId): string;
  /** On an arrow, or in a note. */
  label(step: Step): string;
}

/** What ends a line or begins an entity there is written as an entity. */
const ENTITIES: Readonly<Record<string, string>> = {
  '#': '#35;',
  ';': '#59;',
  '<': '#lt;',
  '>': '#gt;',
};
const escaped = (text: string): string =>
  text
    .replaceAll(/[#;<>]/g, (one) => ENTITIES[one] ?? one)
    .replaceAll(/\s+/g, ' ')
    .trim();

/** Hyphens have a meaning of their own there. */
const id = (actor: ActorId): string => actor.replaceAll('-', '');

export function mermaidOf(steps: readonly Step[], words: MermaidWords): string {
  const out = ['sequenceDiagram', `  title ${escaped(words.title)}`, '  autonumber'];
  const parts = new Set(
    steps.flatMap((step) => (step.kind === 'deed' ? [step.actor] : [step.from, step.to])),
  );
  const actors = ACTORS.filter((actor) => parts.has(actor));
  for (const actor of actors)
    out.push(
      `  ${actor === 'you' ? 'actor' : 'participant'} ${id(actor)} as ${escaped(words.actor(actor))}`,
    );
  const [first] = actors;
  const last = actors.at(-1);
  const over = first && last && (first === last ? id(first) : `${id(first)},${id(last)}`);
  let chapter: ChapterId | undefined;
  for (const step of steps) {
    if (step.chapter !== chapter) {
      chapter = step.chapter;
      out.push(`  Note over ${over}: ${escaped(words.chapter(chapter))}`);
    }
    const label = escaped(words.label(step));
    if (step.kind === 'deed') out.push(`  Note right of ${id(step.actor)}: ${label}`);
    else {
      const arrow = step.failed ? '--x' : step.kind === 'request' ? '->>' : '-->>';
      out.push(`  ${id(step.from)}${arrow}${id(step.to)}: ${label}`);
    }
  }
  return `${out.join('\n')}\n`;
}
