/** How the journal is cut up. Tests cut smaller, so that few entries have many borders; one file is always cut the same. */
export interface Sizes {
  /** Entries in a block. */
  readonly block: number;
  /** Blocks in a closed segment: a multiple of eight. */
  readonly segment: number;
  /** What is known of the block or segment that begins with this entry could not be read, and was computed again. */
  readonly onDamaged?: (first: number) => void;
}
export const usualSizes: Sizes = { block: 512, segment: 64 };
