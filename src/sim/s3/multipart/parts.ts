// Where the parts of an upload lie on the disks until it is completed: under the upload's id, beside the buckets, where
// no bucket's name leads: those do not begin with a dot (modelled).
import { request } from '../../http';
import type { At, S3Context } from '../context';
import type { Upload } from './uploads';

export const partPath = ({ bucketName }: At, { id }: Upload, partNumber: number): string =>
  `/.uploads/${bucketName}/${id}/${partNumber}`;

/** Erases every part that lies there. */
export async function eraseParts(context: S3Context, upload: Upload): Promise<void> {
  for (const partNumber of upload.parts.keys()) {
    const path = partPath(context, upload, partNumber);
    await context.desk.send('storage', 'EraseObject', request('DELETE', path));
  }
}
