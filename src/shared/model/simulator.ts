import type { Platform } from './machine';

/** What a virtual machine can be told to do wrong. Every fault of docs/protocol.md has its row. */
export const misbehaviours = [
  'headUnrecognised',
  'headLengthWrong',
  'headLengthInChars',
  'headMissing',
  'headSwitched',
  'jsonTrailingComma',
  'jsonMissingComma',
  'jsonComment',
  'jsonCut',
  'jsonStraySpaces',
  'textGb18030',
  'junkBefore',
  'splitSends',
  'slowSends',
  'mergedSends',
  'sequenceGap',
  'silence',
  'reset',
  'halfFrame',
  'flood',
  'duplicateNumber',
  'wrongSign',
  'neverAcknowledged',
] as const;
export type Misbehaviour = (typeof misbehaviours)[number];

/** The simulator as the window sees it. */
export interface SimulatorState {
  readonly running: number;
  readonly connected: number;
  readonly seed: number;
  readonly platform: Platform | 'mixed';
  readonly misbehaviours: readonly Misbehaviour[];
}
