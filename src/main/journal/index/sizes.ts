/**
 * Sizes of index units. Tests use small ones, so that few entries cross
 * many borders. A file keeps its sizes for life.
 */
import type { Measures } from './measures';

export interface Sizes {
  /** Entries per block. */
  readonly block: number;
  /** Blocks per closed segment; a multiple of eight. */
  readonly segment: number;
  /** The index data of the block or segment that starts with `first` was unreadable and has been recomputed. */
  readonly onDamaged?: (first: number) => void;
  /** Numbers of the entries that are not in a block yet, if this thread collects them. */
  readonly newest?: () => Measures | null;
}
export const usualSizes: Sizes = { block: 512, segment: 64 };
