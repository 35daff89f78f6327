import type { Sequence } from '../model/sequence';
import type { Words } from '../words';

/** A built-in procedure, with all texts in both languages. */
export interface ShippedSequence extends Sequence {
  readonly name: Words;
  readonly note: Words;
}

export const sequence = (row: ShippedSequence): ShippedSequence => row;
