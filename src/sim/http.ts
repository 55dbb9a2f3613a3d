// Building messages. Header names are lower case throughout.
import { EMPTY, fromUtf8, toUtf8 } from './crypto/bytes';
import type { Bytes, Headers, HttpRequest, HttpResponse } from './types';

export const jsonBody = (value: unknown): Bytes => fromUtf8(JSON.stringify(value));

export function readJson(body: Bytes): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(toUtf8(body) || '{}');
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

export const request = (
  method: string,
  path: string,
  headers: Headers = {},
  body: Bytes = EMPTY,
): HttpRequest => ({ method, path, headers, body });

export const response = (
  status: number,
  headers: Headers = {},
  body: Bytes = EMPTY,
): HttpResponse => ({
  status,
  headers,
  body,
});

/** Headers without the undefined ones. */
export const definedHeaders = (headers: Readonly<Record<string, string | undefined>>): Headers =>
  Object.fromEntries(
    Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );

/** RFC 3986 encoding of an object key for a path; slashes stay. */
export const encodeKey = (key: string): string =>
  key
    .split('/')
    .map((part) =>
      encodeURIComponent(part).replace(
        /[!'()*]/g,
        (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
      ),
    )
    .join('/');
