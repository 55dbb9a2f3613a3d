// DeleteObjects: up to a thousand keys in one request, each decided by itself. (API reference of DeleteObjects)
import { request } from '../http';
import { Refusal } from '../refusal';
import type { Operation } from '../types';
import { checkDocument, sentChecksum } from './checksums';
import { type At, refuseVersion, type S3Context, type S3Handler } from './context';
import { diskPath } from './reading';
import { answer } from './responses';
import { malformed, NAMESPACE, readXml, textOf, XML, xml } from './xml';

const MOST = 1000;

interface Wanted {
  readonly key: string;
  readonly version: string | undefined;
}

function wantedIn(document: Readonly<Record<string, unknown>>): readonly Wanted[] {
  const objects = (document.Object ?? []) as readonly unknown[];
  if (objects.length === 0 || objects.length > MOST) throw malformed();
  return objects.map((object) => {
    const { Key, VersionId } = Object(object) as Record<string, unknown>;
    const key = textOf(Key);
    if (key === undefined || key === '') throw malformed();
    return { key, version: textOf(VersionId) };
  });
}

async function erase(context: S3Context, at: At, version: string | undefined): Promise<void> {
  await context.authorise('s3:DeleteObject', at);
  refuseVersion(version);
  await context.desk.send('storage', 'EraseObject', request('DELETE', diskPath(at)));
  context.bucket().objects.delete(at.key);
}

const deleteObjects: S3Handler = async (context) => {
  const { desk, bucketName, request: message } = context;
  const { headers, body } = message;
  context.bucket();
  if (headers['content-md5'] === undefined && sentChecksum(headers) === undefined)
    throw new Refusal(
      400,
      'InvalidRequest',
      'Missing required header for this request: Content-MD5',
    );
  await checkDocument(headers, body);
  const document = readXml(body, 'Delete');
  const isQuiet = textOf(document.Quiet) === 'true';
  const deleted: object[] = [];
  const errors: object[] = [];
  for (const { key, version } of wantedIn(document)) {
    try {
      await erase(context, { bucketName, key }, version);
      deleted.push({ Key: key });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      errors.push({ Key: key, Code: error.code, Message: error.message });
    }
  }
  const result = { Deleted: isQuiet ? [] : deleted, Error: errors };
  return answer(desk, 200, XML, xml({ DeleteResult: { ...NAMESPACE, ...result } }));
};

export const bulkOperations = {
  DeleteObjects: deleteObjects,
} as const satisfies Partial<Record<Operation, S3Handler>>;
