// Uploads in parts that are under way: what S3 remembers of each between CreateMultipartUpload and its end.
import { Refusal } from '../../refusal';
import type { Headers } from '../../types';
import type { Checksum, ChecksumAlgorithm, ChecksumType } from '../checksums';
import type { Choice } from '../choose';
import { byUtf8 } from '../key-index';

export interface Part {
  readonly partNumber: number;
  readonly size: number;
  readonly etag: string;
  readonly lastModified: Date;
  readonly checksum: Checksum;
}

export interface Upload {
  readonly id: string;
  readonly key: string;
  readonly initiated: Date;
  readonly scheme: Choice['scheme'];
  /** The headers by which the client chose the encryption, where it did: conditions in policies see them at each part. */
  readonly asked: Headers;
  /** The wrapped key of the upload, and what else its scheme keeps. */
  readonly atRest: Headers;
  /** Content headers and user metadata of the object to be. */
  readonly about: Headers;
  /** Undefined: the client named none, and S3 takes its own. */
  readonly checksumAlgorithm: ChecksumAlgorithm | undefined;
  readonly checksumType: ChecksumType;
  readonly parts: Map<number, Part>;
}

export const bareEtag = (etag: string): string => etag.replaceAll('"', '');

export class Uploads {
  readonly #uploads = new Map<string, Upload>();

  /** The upload of that id and key, or S3's NoSuchUpload. */
  get(id: string, key: string): Upload {
    const upload = this.#uploads.get(id);
    if (upload?.key === key) return upload;
    throw new Refusal(
      404,
      'NoSuchUpload',
      'The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.',
      { UploadId: id },
    );
  }

  find(id: string | undefined): Upload | undefined {
    return id === undefined ? undefined : this.#uploads.get(id);
  }

  add(upload: Upload): void {
    this.#uploads.set(upload.id, upload);
  }

  delete(id: string): void {
    this.#uploads.delete(id);
  }

  /** By key, and of one key the oldest first. */
  all(): readonly Upload[] {
    return [...this.#uploads.values()].sort(
      (a, b) => byUtf8(a.key, b.key) || a.initiated.getTime() - b.initiated.getTime(),
    );
  }
}
