// IAM policy documents: the parts that the simulation evaluates.
// Source of the grammar: IAM User Guide, "IAM JSON policy elements reference".

type OneOrMany<T> = T | readonly T[];

export type ConditionBlock = Readonly<Record<string, Readonly<Record<string, OneOrMany<string>>>>>;

export interface Statement {
  readonly Sid?: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Principal?: '*' | { readonly AWS: OneOrMany<string> };
  /** Exactly one of the two. */
  readonly Action?: OneOrMany<string>;
  readonly NotAction?: OneOrMany<string>;
  /** Exactly one of the two. */
  readonly Resource?: OneOrMany<string>;
  readonly NotResource?: OneOrMany<string>;
  readonly Condition?: ConditionBlock;
}

export interface PolicyDocument {
  readonly Version: '2012-10-17';
  readonly Id?: string;
  readonly Statement: readonly Statement[];
}

/** What conditions can look at: condition keys in lower case. Several values: a multivalued key. */
export type RequestContext = Readonly<Record<string, string | readonly string[]>>;

/** One request, as policies see it. */
export interface AccessRequest {
  /** ARN, or `anonymous`. */
  readonly principal: string;
  readonly action: string;
  readonly resource: string;
  /** Whose the resource is. */
  readonly resourceAccount: string;
  /** Asked only where a statement has conditions. */
  context(): RequestContext;
}

export const list = <T>(value: OneOrMany<T>): readonly T[] =>
  Array.isArray(value) ? (value as readonly T[]) : [value as T];
