import type { Sequence } from '../model/sequence';
import type { Words } from '../words';

/** One that is shipped: all of it is said in both languages. */
export interface ShippedSequence extends Sequence {
  readonly name: Words;
  readonly note: Words;
}

export const sequence = (row: ShippedSequence): ShippedSequence => row;
