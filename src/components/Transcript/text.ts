// The transcript as a text file.
import type { Loaded } from '../../player';
import type { Depth } from '../../sim/types';
import { actorLines, type KeyNode, keyTree } from './keys';
import { outlineOf } from './outline';
import type { Teller } from './useTeller';

export const indented = (lines: readonly string[], by: number): string[] =>
  lines.map((line) => `${' '.repeat(by)}${line}`);

/** Which key seals what, a line each; `said` writes a key in the words of the text. */
export const treeLines = (nodes: readonly KeyNode[], said: (node: KeyNode) => string): string[] =>
  nodes.flatMap((node) => [`- ${said(node)}`, ...indented(treeLines(node.children, said), 2)]);

/** First line of the text, and the page's heading. */
export function headingOf({ run }: Loaded, tell: Teller): string {
  const { flow, variant } = run.scenario;
  if (run.outside) return tell.say('live title');
  return tell.say('scenario', {
    flow: tell.flows(`flow ${flow}`),
    variant: tell.flows(`variant ${variant}`),
  });
}

export function transcriptText(loaded: Loaded, level: Depth, tell: Teller): string {
  const { scenario, trace } = loaded.run;
  const { fault, seed } = scenario;
  const details = (list: ReturnType<Teller['details']>): string[] =>
    list.map(({ term, value }) => `${term}: ${value}`);
  const lines = [
    headingOf(loaded, tell),
    ...(fault ? [tell.say('with fault', { fault: tell.faults(`fault ${fault}`) })] : []),
    tell.say('text about', {
      level: tell.flows(`level ${level}`),
      seed,
      shown: loaded.visible[level].length,
      total: trace.steps.length,
    }),
  ];
  for (const { id, parts } of outlineOf(loaded, level)) {
    lines.push('', '', tell.flows(`chapter ${id}`).toUpperCase());
    for (const part of parts) {
      const title = tell.flows(`phase ${part.id}`);
      lines.push('', ...(title === tell.flows(`chapter ${id}`) ? [] : [title]));
      for (const { step, number } of part.lines) {
        const failed = step.failed ? ` (${tell.say('failed')})` : '';
        lines.push(`${String(number).padStart(4)}. ${tell.title(step)}${failed}`);
        lines.push(...indented([tell.caption(loaded, step), ...details(tell.details(step))], 6));
      }
    }
  }
  lines.push('', '', tell.say('actors').toUpperCase());
  for (const line of actorLines(trace)) {
    lines.push('', `${tell.actor(line.actor)} (${tell.role(line.actor)})`);
    lines.push(...indented(details(tell.holds(line)), 2));
  }
  lines.push(
    '',
    '',
    tell.say('keys').toUpperCase(),
    '',
    ...treeLines(keyTree(trace), tell.key),
    '',
  );
  return lines.join('\n');
}
