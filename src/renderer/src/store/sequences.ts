import type { OwnSequence, Sequence } from '#shared/model/sequence';
import { sequenceNames, sequenceOf } from '#shared/sequences/index';

export interface OfferedSequence {
  /** Unlike any other's, in every language. */
  readonly key: string;
  readonly sequence: Sequence;
}

/** Shipped ones first, then the workshop's own. */
export const sequencesOf = (own: readonly OwnSequence[]): readonly OfferedSequence[] => [
  ...sequenceNames.map((name) => ({ key: name, sequence: sequenceOf(name) })),
  ...own.map((sequence) => ({ key: `own ${sequence.name}`, sequence })),
];
