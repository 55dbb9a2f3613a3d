// HTTP Archive 1.2: every message with its answer, inside AWS too, for the network view of a browser and other tools.
// What is no HTTP (a key derived, a policy looked at) has no place in it.
import {
  type Bytes,
  type Headers,
  millisecondsBetween,
  type RequestStep,
  type ResponseStep,
  type Step,
} from '../../sim';
import { Encoded } from './json';

const nameValues = (headers: Headers) =>
  Object.entries(headers).map(([name, value]) => ({ name, value }));

const queryOf = (path: string) =>
  [...new URLSearchParams(path.split(/\?(.*)/s, 2)[1] ?? '')].map(([name, value]) => ({
    name,
    value,
  }));

/** `text` is base64: a body is bytes. */
const base64 = (body: Bytes) => ({ text: new Encoded(body, 'base64'), encoding: 'base64' });

function requestOf({ message, to }: RequestStep) {
  const { method, path, headers, body } = message;
  const mimeType = headers['content-type'] ?? 'application/octet-stream';
  return {
    method,
    url: `https://${headers.host ?? `${to}.sealed.invalid`}${path}`,
    httpVersion: 'HTTP/1.1',
    cookies: [],
    headers: nameValues(headers),
    queryString: queryOf(path),
    headersSize: -1,
    bodySize: body.length,
    ...(body.length > 0 ? { postData: { mimeType, params: [], ...base64(body) } } : {}),
  };
}

function responseOf({ message }: ResponseStep) {
  const { status, headers, body } = message;
  const mimeType = headers['content-type'] ?? 'application/octet-stream';
  return {
    status,
    statusText: '',
    httpVersion: 'HTTP/1.1',
    cookies: [],
    headers: nameValues(headers),
    content: { size: body.length, mimeType, ...base64(body) },
    redirectURL: '',
    headersSize: -1,
    bodySize: body.length,
  };
}

function entryOf(request: RequestStep, response: ResponseStep) {
  const time = millisecondsBetween(request.at, response.at);
  return {
    startedDateTime: request.at,
    time,
    request: requestOf(request),
    response: responseOf(response),
    cache: {},
    timings: { send: 0, wait: time, receive: 0 },
    comment: request.key,
    _from: request.from,
    _to: request.to,
    _operation: request.operation,
    _nesting: request.nesting,
  };
}

/** In the order in which they were asked. A request that is not answered yet is left out. */
function* entriesOf(steps: readonly Step[]) {
  const answers = new Map<number, ResponseStep>();
  for (const step of steps) if (step.kind === 'response') answers.set(step.answers, step);
  for (const step of steps) {
    const answer = answers.get(step.index);
    if (step.kind === 'request' && answer) yield entryOf(step, answer);
  }
}

export const asHar = (steps: readonly Step[]) => ({
  log: {
    version: '1.2',
    creator: { name: 'Sealed', version: '0.1.0' },
    pages: [],
    entries: entriesOf(steps),
  },
});
