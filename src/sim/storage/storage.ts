// Disks: opaque bytes and metadata, by bucket and key. They encrypt nothing and understand nothing (modelled interface).
//   PUT /bucket/key    headers = metadata, body = bytes      GET, HEAD, DELETE accordingly
//   PATCH /bucket/key  headers = all of the new metadata; the bytes stay
import { fromUtf8 } from '../crypto/bytes';
import { response } from '../http';
import type { Actor, Bytes, Desk, Headers } from '../types';

export interface StoredRecord {
  readonly body: Bytes;
  readonly metadata: Headers;
}

/** The disks as an actor, and a hand on the records for what befalls them from outside. */
export interface Storage {
  readonly actor: Actor;
  read(path: string): StoredRecord | undefined;
  /** Replaces a record behind everybody's back. */
  overwrite(desk: Desk, path: string, record: StoredRecord): void;
}

export function createStorage(): Storage {
  const records = new Map<string, StoredRecord>();

  const put = (desk: Desk, path: string, record: StoredRecord): void => {
    records.set(path, record);
    desk.keeps(path, [record.body, fromUtf8(Object.values(record.metadata).join('\n'))]);
  };

  return {
    read: (path) => records.get(path),
    overwrite: put,
    actor: async (request, desk) => {
      const { method, path, headers, body } = request;
      if (method === 'PUT') {
        put(desk, path, { body, metadata: headers });
        return response(200);
      }
      const record = records.get(path);
      if (method === 'DELETE') {
        records.delete(path);
        desk.keeps(path, []);
        return response(204);
      }
      if (!record) return response(404);
      if (method === 'PATCH') {
        put(desk, path, { body: record.body, metadata: headers });
        return response(200);
      }
      return method === 'HEAD'
        ? response(200, record.metadata)
        : response(200, record.metadata, record.body);
    },
  };
}
