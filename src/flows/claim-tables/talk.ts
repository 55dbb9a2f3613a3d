// Names of the messages between two actors, for the tables of claims.
import type { ActorId, Operation, StepKey } from '../../sim';

export const asks = (from: ActorId, to: ActorId, ...operations: Operation[]): StepKey[] =>
  operations.map((operation): StepKey => `${from} -> ${to} ${operation}`);

export const answers = (from: ActorId, to: ActorId, ...operations: Operation[]): StepKey[] =>
  operations.map((operation): StepKey => `${to} <- ${from} ${operation}`);

export const talk = (one: ActorId, other: ActorId, ...operations: Operation[]): StepKey[] => [
  ...asks(one, other, ...operations),
  ...answers(other, one, ...operations),
];
