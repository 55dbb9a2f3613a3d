// What Node computes many times faster than the engine's own code, which has to run in a page, too.
import { createHash } from 'node:crypto';
import * as zlib from 'node:zlib';
import crc32 from 'crc-32';
import type { Bytes } from '../src/sim';
import { computeWith } from '../src/sim/outside';

/** Node has it from 20.15 on. */
const { crc32: native } = zlib as { readonly crc32?: (bytes: Bytes) => number };

export const computeNatively = (): void =>
  computeWith({
    md5: (bytes) => createHash('md5').update(bytes).digest(),
    crc32: native ?? ((bytes) => crc32.buf(bytes)),
  });
