// What has been recorded of the last requests, as text, as one JSON document or as an HTTP Archive.
import { asHar, json, lines, type Pieces, secretsOf, stepsOf } from '../../src/flows/export';
import type { Trace } from '../../src/sim';
import { type Answered, lastRequests } from './requests';
import { toldOutsideFlows } from './words';

export const FORMATS = ['json', 'text', 'har'] as const;
export type Format = (typeof FORMATS)[number];

export const CONTENT_TYPE: Readonly<Record<Format, string>> = {
  json: 'application/json',
  text: 'text/plain; charset=utf-8',
  har: 'application/json',
};

const stepsIn = (requests: readonly Answered[]) => requests.flatMap(({ steps }) => steps);

function* asText(requests: readonly Answered[]): Pieces {
  if (requests.length === 0) yield 'Nothing has been asked yet.\n';
  for (const { request, steps } of requests) {
    const { method, path, headers } = request.message;
    yield `\n${request.operation}  ${method} ${headers.host ?? ''}${path}  ${request.at}\n`;
    for (const step of steps) yield* lines(step, toldOutsideFlows(step));
  }
}

function* asJson(trace: Trace, requests: readonly Answered[]): Pieces {
  const steps = stepsIn(requests);
  yield* json({
    requests: requests.map(({ request }) => request.index),
    steps: stepsOf(steps, toldOutsideFlows),
    secrets: secretsOf(trace.secrets),
  });
  yield '\n';
}

/** The last `count` requests. */
export function written(trace: Trace, format: Format, count: number): Pieces {
  const requests = lastRequests(trace, count);
  if (format === 'text') return asText(requests);
  return format === 'json' ? asJson(trace, requests) : json(asHar(stepsIn(requests)));
}
