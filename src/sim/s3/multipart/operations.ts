// The operations of uploads in parts.
import type { Operation } from '../../types';
import type { S3Handler } from '../context';
import { completeMultipartUpload } from './complete';
import { listMultipartUploads, listParts } from './lists';
import { abortMultipartUpload, createMultipartUpload, uploadPart, uploadPartCopy } from './upload';

export const multipartOperations = {
  CreateMultipartUpload: createMultipartUpload,
  UploadPart: uploadPart,
  UploadPartCopy: uploadPartCopy,
  ListParts: listParts,
  ListMultipartUploads: listMultipartUploads,
  CompleteMultipartUpload: completeMultipartUpload,
  AbortMultipartUpload: abortMultipartUpload,
} as const satisfies Partial<Record<Operation, S3Handler>>;
