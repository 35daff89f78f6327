/** The number of an entry for people. In a capture it is the number in the journal that recorded it. */
import { numberOf, type FrameRow } from '#shared/model/frame';

/** A dash for an entry without a number; `null`: not known yet. */
export const numberText = (row: Pick<FrameRow, 'id' | 'original'> | null): string =>
  row === null ? '' : String(numberOf(row) ?? '–');
