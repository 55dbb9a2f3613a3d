// IAM policy documents: the parts that the simulation evaluates.
// Source of the grammar: IAM User Guide, "IAM JSON policy elements reference".

type OneOrMany<T> = T | readonly T[];

export type ConditionBlock = Readonly<Record<string, Readonly<Record<string, OneOrMany<string>>>>>;

export interface Statement {
  readonly Sid?: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Principal?: '*' | { readonly AWS: OneOrMany<string> };
  readonly Action: OneOrMany<string>;
  readonly Resource: OneOrMany<string>;
  readonly Condition?: ConditionBlock;
}

export interface PolicyDocument {
  readonly Version: '2012-10-17';
  readonly Id?: string;
  readonly Statement: readonly Statement[];
}

/** One request, as policies see it. `context` holds condition keys in lower case. */
export interface AccessRequest {
  readonly principal: string;
  readonly action: string;
  readonly resource: string;
  readonly context: Readonly<Record<string, string>>;
}

export const list = <T>(value: OneOrMany<T>): readonly T[] =>
  Array.isArray(value) ? (value as readonly T[]) : [value as T];
