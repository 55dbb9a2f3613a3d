// Conditions of a statement: all must hold. An operator compares the request's value of a key with the values wanted:
//   one of them must match; of a negated operator none.   …IfExists: a key that is missing holds.
//   ForAnyValue: / ForAllValues: one value / every value of a multivalued key must do so.
// A missing key fails a plain operator, satisfies a negated one, and is what Null asks about.
// Source: IAM User Guide, "IAM JSON policy elements: Condition operators", "Multivalued context keys".
import { epochOf } from '../clock';
import { isInRange } from './addresses';
import { type ConditionBlock, list, type RequestContext } from './policy';
import { matchesArn, matchesPattern } from './wildcards';

/** Undefined: one of the two is nothing that this operator can compare; then it does not hold, negated or not. */
type Compare = (have: string, want: string) => boolean | undefined;

interface Operator {
  readonly compare: Compare;
  readonly negated?: boolean;
}

const lower = (text: string): string => text.toLowerCase();

const ordered =
  (read: (text: string) => number | undefined, holds: (have: number, want: number) => boolean) =>
  (have: string, want: string): boolean | undefined => {
    const [a, b] = [read(have), read(want)];
    return a === undefined || b === undefined ? undefined : holds(a, b);
  };

const numberOf = (text: string): number | undefined =>
  /^[+-]?(\d+\.?\d*|\.\d+)$/.test(text) ? Number(text) : undefined;

/** Six operators over one kind of value. */
const comparing = (name: string, read: (text: string) => number | undefined) => ({
  [`${name}Equals`]: { compare: ordered(read, (have, want) => have === want) },
  [`${name}NotEquals`]: { compare: ordered(read, (have, want) => have === want), negated: true },
  [`${name}LessThan`]: { compare: ordered(read, (have, want) => have < want) },
  [`${name}LessThanEquals`]: { compare: ordered(read, (have, want) => have <= want) },
  [`${name}GreaterThan`]: { compare: ordered(read, (have, want) => have > want) },
  [`${name}GreaterThanEquals`]: { compare: ordered(read, (have, want) => have >= want) },
});

const equal: Compare = (have, want) => have === want;
const equalIgnoringCase: Compare = (have, want) => lower(have) === lower(want);
const like: Compare = (have, want) => matchesPattern(want, have);
const arnLike: Compare = (have, want) => matchesArn(want, have);
const isTruth = (text: string): boolean => ['true', 'false'].includes(lower(text));

const OPERATORS: Readonly<Record<string, Operator>> = {
  StringEquals: { compare: equal },
  StringNotEquals: { compare: equal, negated: true },
  StringEqualsIgnoreCase: { compare: equalIgnoringCase },
  StringNotEqualsIgnoreCase: { compare: equalIgnoringCase, negated: true },
  StringLike: { compare: like },
  StringNotLike: { compare: like, negated: true },
  ArnEquals: { compare: arnLike },
  ArnLike: { compare: arnLike },
  ArnNotEquals: { compare: arnLike, negated: true },
  ArnNotLike: { compare: arnLike, negated: true },
  Bool: { compare: (have, want) => isTruth(want) && equalIgnoringCase(have, want) },
  BinaryEquals: { compare: equal },
  IpAddress: { compare: isInRange },
  NotIpAddress: { compare: isInRange, negated: true },
  ...comparing('Numeric', numberOf),
  ...comparing('Date', epochOf),
};

interface Reading {
  readonly operator: Operator;
  readonly ifExists: boolean;
  readonly set: string | undefined;
}

/** `ForAnyValue:StringLikeIfExists` → its parts. Undefined: no such operator. */
function read(name: string): Reading | undefined {
  const [, set, base = '', suffix] =
    /^(?:(ForAnyValue|ForAllValues):)?(\w+?)(IfExists)?$/.exec(name) ?? [];
  const operator = Object.hasOwn(OPERATORS, base) ? OPERATORS[base] : undefined;
  return operator && { operator, ifExists: suffix !== undefined, set };
}

/** Can a condition with this operator be evaluated? */
export const knowsOperator = (name: string): boolean => name === 'Null' || read(name) !== undefined;

export function conditionsHold(block: ConditionBlock, context: RequestContext): boolean {
  return Object.entries(block).every(([operator, keys]) =>
    Object.entries(keys).every(([key, wanted]) =>
      holds(operator, context[lower(key)], list(wanted)),
    ),
  );
}

function holds(
  name: string,
  have: string | readonly string[] | undefined,
  wanted: readonly string[],
): boolean {
  if (name === 'Null') return wanted.some((want) => lower(want) === String(have === undefined));
  const reading = read(name);
  if (!reading) throw new Error(`condition operator ${name} is not modelled`);
  const { operator, ifExists, set } = reading;
  if (have === undefined)
    return set ? set === 'ForAllValues' : ifExists || operator.negated === true;
  const one = (value: string): boolean => matches(operator, value, wanted);
  if (set === 'ForAllValues') return list(have).every(one);
  if (set === 'ForAnyValue') return list(have).some(one);
  // A multivalued key needs a set operator.
  return typeof have === 'string' && one(have);
}

function matches({ compare, negated }: Operator, have: string, wanted: readonly string[]): boolean {
  const found = wanted.map((want) => compare(have, want));
  return negated ? found.every((match) => match === false) : found.includes(true);
}
