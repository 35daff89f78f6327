import type { Platform } from './machine';

/** What a virtual machine can do wrong when it is told to upgrade. */
export const upgradeFaults = [
  'upgradeStops', // half way through the download, for good
  'upgradeResumes', // half way, and goes on by a range
  'upgradeNotApplied', // fetches it whole and comes back as it was
  'upgradeVanishes', // after the download
  'upgradeOtherVersion', // comes back with one that nobody offered
] as const;
export type UpgradeFault = (typeof upgradeFaults)[number];

/** What a virtual machine can be told to do wrong. Every fault of docs/protocol has its row. */
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
  ...upgradeFaults,
] as const;
export type Misbehaviour = (typeof misbehaviours)[number];

/** How a virtual machine answers what it is told to do, each in turn the only one. */
export const answerings = [
  'truly',
  'refuses',
  'inMenu', // somebody is in its management screen: Z0023
  'makesDrink', // Z0024
  'fails', // takes it, and then it does not work
  'late', // after the wait for its proof was given up
  'never', // not a word
  'restarts', // takes it, and restarts before it acts
] as const;
export type Answering = (typeof answerings)[number];

/** The simulator as the window sees it. */
export interface SimulatorState {
  readonly running: number;
  readonly connected: number;
  readonly seed: number;
  readonly platform: Platform | 'mixed';
  readonly misbehaviours: readonly Misbehaviour[];
}
