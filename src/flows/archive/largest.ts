/** Bytes of an object that a run can be taken along with: a larger one would be in the archive some twenty times over. */
export const LARGEST_ARCHIVED = 1024 * 1024;
