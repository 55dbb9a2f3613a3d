// A policy as its statements, so that the one that decided can be told from the rest.
import type { DeedStep } from '../../sim/types';

interface Statement {
  readonly text: string;
  readonly part: 'decides' | 'delegates' | undefined;
}
interface Laid {
  /** What stands before the statements. */
  readonly head: string;
  readonly statements: readonly Statement[];
}

const indented = (text: string): string =>
  text
    .split('\n')
    .map((line) => `    ${line}`)
    .join('\n');

/** `name`: what the decision calls a policy. Undefined when the text is not laid out as a policy is. */
export function laidOut(json: string, name: string, { facts }: DeedStep): Laid | undefined {
  try {
    const { Statement, ...others } = JSON.parse(json) as Record<string, unknown>;
    const statements = [Statement].flat() as { Sid?: string }[];
    const head = Object.entries(others).map(
      ([key, value]) => `  ${JSON.stringify(key)}: ${JSON.stringify(value)},\n`,
    );
    return {
      head: `{\n${head.join('')}  "Statement": [`,
      statements: statements.map((statement, i) => {
        const called = statement.Sid || `no. ${i + 1}`;
        const decides = facts.policy === name && facts.statement === called;
        const delegates = facts.delegatedBy === `${name}: ${called}`;
        return {
          text: indented(JSON.stringify(statement, undefined, 2)),
          part: decides ? 'decides' : delegates ? 'delegates' : undefined,
        };
      }),
    };
  } catch {
    return undefined;
  }
}
