// A decision as work for a desk, so that it is a step: request, deciding policy and statement as facts; as bytes the
// statement itself and, if any condition looked, what conditions could look at.
import { looked } from '../crypto/works';
import { jsonBody } from '../http';
import type { Facts } from '../types';
import type { LookedAt } from './context';
import type { Decision } from './evaluate';

export const decided = (
  { facts, statement }: Decision,
  { seen }: LookedAt,
  refusal: Error | undefined,
  more: Facts = {},
) =>
  looked('IAM policy evaluation', { ...facts, ...more }, refusal, {
    ...(seen ? { conditions: jsonBody(seen) } : {}),
    ...(statement ? { statement: jsonBody(statement) } : {}),
  });
