// Which fields of your own data mean something where.
import { variantOf } from '../../flows';
import type { Draft, DraftField, Place } from '../../player';

/** The fields that mean something in a scenario; all that every scheme has where none is chosen. */
export const fieldsOf = (
  place: Pick<Place, 'flow' | 'variant'> | undefined,
): readonly DraftField[] => ['text', 'key', 'bucket', ...((place && variantOf(place).takes) ?? [])];

/** What is typed, but in fields that are not shown what ran last: nobody is kept by a problem out of sight. */
export const usable = (typed: Draft, last: Draft, fields: readonly DraftField[]): Draft => ({
  ...last,
  ...Object.fromEntries(fields.map((field) => [field, typed[field]])),
});
