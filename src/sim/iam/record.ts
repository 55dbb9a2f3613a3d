// A decision as work for a desk, so that it is a step: request, deciding policy and statement as facts; as bytes, what
// conditions could look at and the statement itself.
import { looked } from '../crypto/works';
import { jsonBody } from '../http';
import type { Facts } from '../types';
import type { Decision } from './evaluate';
import type { RequestContext } from './policy';

export const decided = (
  { facts, statement }: Pick<Decision, 'facts' | 'statement'>,
  context: RequestContext,
  refusal: Error | undefined,
  more: Facts = {},
) =>
  looked('IAM policy evaluation', { ...facts, ...more }, refusal, {
    conditions: jsonBody(context),
    ...(statement ? { statement: jsonBody(statement) } : {}),
  });
