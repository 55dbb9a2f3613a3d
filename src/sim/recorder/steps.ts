// The steps of a recording, field by field: literals of one shape each, which is by far the fastest way to make and
// freeze as many as there are. What is in them is frozen already.
import type { DeedStep, Knowledge, RequestStep, ResponseStep, Step } from '../types';

/** When a step happened, and what everybody then had. */
export type Moment = Pick<Step, 'index' | 'chapter' | 'depth' | 'at' | 'nesting' | 'cargo'> &
  Knowledge;
type Said<S extends Step> = Omit<S, 'kind' | keyof Moment>;

export const requestStep = (said: Said<RequestStep>, moment: Moment): RequestStep =>
  Object.freeze({
    kind: 'request',
    key: said.key,
    from: said.from,
    to: said.to,
    operation: said.operation,
    message: said.message,
    failed: said.failed,
    index: moment.index,
    chapter: moment.chapter,
    depth: moment.depth,
    at: moment.at,
    nesting: moment.nesting,
    cargo: moment.cargo,
    knows: moment.knows,
    has: moment.has,
    shelf: moment.shelf,
  });

export const responseStep = (said: Said<ResponseStep>, moment: Moment): ResponseStep =>
  Object.freeze({
    kind: 'response',
    key: said.key,
    from: said.from,
    to: said.to,
    operation: said.operation,
    message: said.message,
    answers: said.answers,
    failed: said.failed,
    index: moment.index,
    chapter: moment.chapter,
    depth: moment.depth,
    at: moment.at,
    nesting: moment.nesting,
    cargo: moment.cargo,
    knows: moment.knows,
    has: moment.has,
    shelf: moment.shelf,
  });

export const deedStep = (done: Said<DeedStep>, moment: Moment): DeedStep =>
  Object.freeze({
    kind: 'deed',
    key: done.key,
    actor: done.actor,
    deed: done.deed,
    thing: done.thing,
    algorithm: done.algorithm,
    inputs: done.inputs,
    outputs: done.outputs,
    facts: done.facts,
    failed: done.failed,
    index: moment.index,
    chapter: moment.chapter,
    depth: moment.depth,
    at: moment.at,
    nesting: moment.nesting,
    cargo: moment.cargo,
    knows: moment.knows,
    has: moment.has,
    shelf: moment.shelf,
  });
