// Uploads in parts that are under way: what S3 remembers of each between CreateMultipartUpload and its end.
import type { Headers } from '../../types';
import type { Checksum, ChecksumAlgorithm, ChecksumType } from '../checksums';
import type { Choice } from '../choose';
import { byUtf8 } from '../key-index';

export interface Part {
  readonly partNumber: number;
  readonly size: number;
  readonly etag: string;
  readonly lastModified: Date;
  readonly checksum: Checksum | undefined;
}

export interface Upload {
  readonly id: string;
  readonly key: string;
  readonly initiated: Date;
  readonly scheme: Choice['scheme'];
  /** The wrapped key of the upload, and what else its scheme keeps. */
  readonly atRest: Headers;
  /** Content headers and user metadata of the object to be. */
  readonly about: Headers;
  /** Undefined: the client named none, and S3 takes its own. */
  readonly checksumAlgorithm: ChecksumAlgorithm | undefined;
  readonly checksumType: ChecksumType;
  readonly parts: Map<number, Part>;
}

export class Uploads {
  readonly #uploads = new Map<string, Upload>();

  get(id: string): Upload | undefined {
    return this.#uploads.get(id);
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
