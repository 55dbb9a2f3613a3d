// What a signed request says about its own signature, in the Authorization header or in the query of a presigned URL.
//   Credential = <access key id>/<yyyymmdd>/<region>/<service>/aws4_request   SignedHeaders = a;b;c   Signature = hex
// Source: IAM User Guide, "Elements of an AWS API request signature".
import { dateOfHttp, epochOf } from '../clock';
import type { Headers } from '../types';

export const ALGORITHM = 'AWS4-HMAC-SHA256';
export const TERMINATOR = 'aws4_request';

/** How far a request's time may be from the service's. Source: S3 API, "RequestTimeTooSkewed". */
export const SKEW_MINUTES = 15;

export interface Credential {
  readonly accessKeyId: string;
  readonly date: string;
  readonly region: string;
  readonly service: string;
  readonly terminator: string;
}

export interface Claim {
  readonly credential: Credential;
  /** Lower-case names. */
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  /** When it was signed, as `20261123T090000Z`. */
  readonly amzDate: string;
  readonly sessionToken: string | undefined;
}

/** Undefined: not of five parts. An access key id may hold slashes. */
export function readCredential(text: string): Credential | undefined {
  const parts = text.split('/');
  const [terminator, service, region, date] = parts.slice(-4).reverse();
  const accessKeyId = parts.slice(0, -4).join('/');
  if (!accessKeyId || !date || !region || !service || !terminator) return undefined;
  return { accessKeyId, date, region, service, terminator };
}

export const scopeOf = ({ date, region, service, terminator }: Credential): string =>
  [date, region, service, terminator].join('/');

/** `Credential=…, SignedHeaders=…, Signature=…` → by name. */
export const readComponents = (text: string): ReadonlyMap<string, string> =>
  new Map(
    text.split(',').flatMap((pair) => {
      const [, name, value] = /^\s*([A-Za-z]+)=(.*?)\s*$/.exec(pair) ?? [];
      return name === undefined || value === undefined ? [] : [[name, value] as const];
    }),
  );

export const readSignedHeaders = (text: string): readonly string[] =>
  text.split(';').map((name) => name.toLowerCase());

/** `20261123T090000Z` → ISO 8601; undefined when it is no such time. */
export function isoOf(amzDate: string): string | undefined {
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(amzDate);
  if (!parts) return undefined;
  const [, year, month, day, hour, minute, second] = parts;
  const iso = `${year}-${month}-${day}T${hour}:${minute}:${second}Z`;
  return epochOf(iso) === undefined ? undefined : iso;
}

/** ISO 8601 → `20261123T090000Z`. */
export const amzDateOf = (date: Date): string => date.toISOString().replace(/[-:]|\.\d+/g, '');

/** x-amz-date, else Date; undefined when there is none that can be read. */
export function signedAt(headers: Headers): string | undefined {
  const amzDate = headers['x-amz-date'];
  if (amzDate !== undefined) return isoOf(amzDate) === undefined ? undefined : amzDate;
  const date = dateOfHttp(headers.date ?? '');
  return date && amzDateOf(date);
}
