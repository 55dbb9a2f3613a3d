// Which fields of your own data mean something where.
import type { FlowId } from '../../flows';
import type { Draft, DraftField } from '../../player';

const WITH_CONTEXT: readonly FlowId[] = ['cse-kms', 'sse-kms', 'dsse-kms'];

/** The fields that mean something in a scheme; all that every scheme has where none is chosen. */
export const fieldsOf = (flow: FlowId | undefined): readonly DraftField[] => [
  'text',
  'key',
  'bucket',
  ...(flow && WITH_CONTEXT.includes(flow) ? (['context'] as const) : []),
  ...(flow === 'sse-c' ? (['customerKey'] as const) : []),
];

/** What is typed, but in fields that are not shown what ran last: nobody is kept by a problem out of sight. */
export const usable = (typed: Draft, last: Draft, fields: readonly DraftField[]): Draft => ({
  ...last,
  ...Object.fromEntries(fields.map((field) => [field, typed[field]])),
});
