// The transcript in Markdown: what the page and the text file say, as headings and lists.
import type { Loaded } from '../../player';
import type { Depth } from '../../sim/types';
import { actorLines, keyTree } from './keys';
import { outlineOf } from './outline';
import { headingOf, indented, treeLines } from './text';
import type { Detail, Teller } from './useTeller';

/** What has a meaning in Markdown is written as itself. */
const plain = (text: string): string => text.replaceAll(/[\\`*_{}[\]<>#|~]/g, '\\$&');

/** As code, however many backticks are in it. */
function code(text: string): string {
  const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map(({ length }) => length));
  const fence = '`'.repeat(longest + 1);
  return longest === 0 ? `\`${text}\`` : `${fence} ${text} ${fence}`;
}

const item = ({ term, value, quoted }: Detail): string =>
  `- ${plain(term)}: ${quoted ? code(value) : plain(value)}`;

export function transcriptMarkdown(loaded: Loaded, level: Depth, tell: Teller): string {
  const { scenario, trace } = loaded.run;
  const { fault, seed } = scenario;
  const about = tell.say('text about', {
    level: tell.flows(`level ${level}`),
    seed,
    shown: loaded.visible[level].length,
    total: trace.steps.length,
  });
  const lines = [
    `# ${plain(headingOf(loaded, tell))}`,
    '',
    ...(fault ? [plain(tell.say('with fault', { fault: tell.faults(`fault ${fault}`) })), ''] : []),
    plain(about),
  ];
  for (const { id, parts } of outlineOf(loaded, level)) {
    lines.push('', `## ${plain(tell.flows(`chapter ${id}`))}`);
    for (const part of parts) {
      const title = tell.flows(`phase ${part.id}`);
      if (title !== tell.flows(`chapter ${id}`)) lines.push('', `### ${plain(title)}`);
      lines.push('');
      for (const { step, number } of part.lines) {
        const failed = step.failed ? ` (${tell.say('failed')})` : '';
        const mark = `${number}. `;
        lines.push(`${mark}**${plain(tell.title(step))}**${failed}  `);
        lines.push(...indented([plain(tell.caption(loaded, step))], mark.length));
        lines.push(...indented(tell.details(step).map(item), mark.length));
      }
    }
  }
  lines.push('', `## ${plain(tell.say('actors'))}`);
  for (const line of actorLines(trace)) {
    lines.push('', `### ${plain(tell.actor(line.actor))}`, '', plain(tell.role(line.actor)), '');
    lines.push(...tell.holds(line).map(item));
  }
  lines.push(
    '',
    `## ${plain(tell.say('keys'))}`,
    '',
    ...treeLines(keyTree(trace), (node) => plain(tell.key(node))),
    '',
  );
  return lines.join('\n');
}
