import type { OwnSequence, Sequence } from '#shared/model/sequence';
import { sequenceNames, sequenceOf } from '#shared/sequences';

export interface OfferedSequence {
  /** Unique in every language. */
  readonly key: string;
  readonly sequence: Sequence;
}

/** Built-in ones first, then the user's own. */
export const sequencesOf = (own: readonly OwnSequence[]): readonly OfferedSequence[] => [
  ...sequenceNames.map((name) => ({ key: name, sequence: sequenceOf(name) })),
  ...own.map((sequence) => ({ key: `own ${sequence.name}`, sequence })),
];
