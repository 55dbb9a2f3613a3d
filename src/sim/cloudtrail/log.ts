// A recording as the log that CloudTrail would have written of it. A call that reaches neither S3 nor KMS leaves no record,
// and what S3 does with its own keys under SSE-S3 is no call: KMS has nothing to write then. (facts §4, §10)
import type { Step } from '../types';
import { callsIn } from './calls';
import { kmsEvent } from './kms-events';
import { type CloudTrailRecord, recordOf } from './record';
import { s3Event } from './s3-events';

export interface CloudTrailLog {
  readonly Records: readonly CloudTrailRecord[];
}

/** A record, and the step with which it comes to be: the answer to the call. */
export interface LoggedCall {
  readonly step: number;
  readonly record: CloudTrailRecord;
}

/** `dataEvents`: with the calls about S3 objects, which a trail leaves out unless it is told. */
export function loggedCalls(steps: readonly Step[], dataEvents = false): readonly LoggedCall[] {
  return (
    callsIn(steps)
      // What is no operation is no API call.
      .filter(({ request }) => request.operation !== 'UnknownOperation')
      .map((call) => ({
        step: call.answer.index,
        record: recordOf(call, call.request.to === 'kms' ? kmsEvent(call) : s3Event(call)),
      }))
      .filter(({ record }) => record.managementEvent || dataEvents)
  );
}

export const cloudTrailOf = (steps: readonly Step[], dataEvents = false): CloudTrailLog => ({
  Records: loggedCalls(steps, dataEvents).map(({ record }) => record),
});

/** What a log says of KMS and S3, in one line; what it does not say, too. */
export function summaryOf({ Records }: CloudTrailLog, dataEvents: boolean): string {
  const count = (source: string, management: boolean): number =>
    Records.filter((one) => one.eventSource === source && one.managementEvent === management)
      .length;
  const kms = count('kms.amazonaws.com', true);
  const s3 = count('s3.amazonaws.com', true);
  const data = dataEvents
    ? `${count('s3.amazonaws.com', false)} of S3 objects`
    : 'those of S3 objects (data events) left out';
  return `CloudTrail: ${kms === 0 ? 'no KMS event' : `${kms} of KMS`}, ${s3} of S3 buckets, ${data}.`;
}
