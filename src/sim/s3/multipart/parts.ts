// Where the parts of an upload lie on the disks until it is completed: under the upload's id, beside the buckets
// (modelled).
import type { At } from '../context';
import type { Upload } from './uploads';

export const partPath = ({ bucketName }: At, { id }: Upload, partNumber: number): string =>
  `/${bucketName}.uploads/${id}/${partNumber}`;
