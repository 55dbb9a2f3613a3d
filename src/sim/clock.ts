// The world's clock. The only place of the engine that makes Date objects; nothing reads the machine's time.

export interface Clock {
  now(): Date;
  advance(milliseconds: number): void;
}

export const DAY = 86_400_000;

/** A clock that stands still until it is advanced. `start` is ISO 8601. */
export function createClock(start: string): Clock {
  let time = Date.parse(start);
  return {
    now: () => new Date(time),
    advance: (milliseconds) => {
      time += milliseconds;
    },
  };
}

/** Seconds since 1970 with milliseconds, as KMS writes timestamps in JSON. */
export const epochSeconds = (date: Date): number => date.getTime() / 1000;

/** The other way round; undefined for what is no time. */
export function dateOfEpochSeconds(seconds: number): Date | undefined {
  const date = new Date(seconds * 1000);
  return Number.isNaN(date.getTime()) ? undefined : date;
}

export const addDays = (date: Date, days: number): Date => new Date(date.getTime() + days * DAY);

export const addSeconds = (date: Date, seconds: number): Date =>
  new Date(date.getTime() + seconds * 1000);

/** RFC 9110 IMF-fixdate, as in the Date and Last-Modified headers. */
export const httpDate = (date: Date): string => date.toUTCString();

/** And back; undefined for what is no such date. */
export function dateOfHttp(text: string): Date | undefined {
  const time = Date.parse(text);
  return Number.isNaN(time) ? undefined : new Date(time);
}

/** Milliseconds since 1970 of an ISO 8601 date and time, or of seconds since 1970; undefined for what is neither. */
export function epochOf(text: string): number | undefined {
  const time = /^\d+(\.\d+)?$/.test(text) ? Number(text) * 1000 : Date.parse(text);
  return Number.isNaN(time) ? undefined : time;
}

/** ISO 8601, as `Date` writes it. Steps of one second share all but its milliseconds. */
export function isoWriter(): (date: Date) => string {
  let second = Number.NaN;
  let written = '';
  return (date) => {
    const time = date.getTime();
    const milliseconds = ((time % 1000) + 1000) % 1000;
    if (time - milliseconds !== second) {
      second = time - milliseconds;
      written = date.toISOString().slice(0, -4);
    }
    return `${written}${String(milliseconds).padStart(3, '0')}Z`;
  };
}

/** Between two moments of a recording. */
export const millisecondsBetween = (earlier: string, later: string): number =>
  Date.parse(later) - Date.parse(earlier);
