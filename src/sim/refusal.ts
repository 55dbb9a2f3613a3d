// An expected failure: what S3, KMS or a client library answers on purpose. Thrown inside an actor, turned into its
// response at the actor's edge. Anything else that is thrown is our own bug and is not caught.
import type { Facts } from './types';

export class Refusal extends Error {
  readonly status: number;
  readonly code: string;
  /** Further elements of the answer (S3's ArgumentName, ArgumentValue) and of the record. */
  readonly extra: Facts;
  /** For the record of the deed that failed. */
  readonly facts: Facts;

  constructor(status: number, code: string, message: string, extra: Facts = {}, facts: Facts = {}) {
    super(message);
    this.name = 'Refusal';
    this.status = status;
    this.code = code;
    this.extra = extra;
    this.facts = facts;
  }
}
