import type { Platform } from './machine';

/** Misbehaviour of a virtual machine after an upgrade command. */
export const upgradeFaults = [
  'upgradeStops', // stops half way through the download, for good
  'upgradeResumes', // stops half way, then continues with a range request
  'upgradeNotApplied', // downloads completely and returns with the old version
  'upgradeVanishes', // disappears after the download
  'upgradeOtherVersion', // returns with a version that nobody offered
] as const;
export type UpgradeFault = (typeof upgradeFaults)[number];

/** Misbehaviour of a virtual machine. Every fault in docs/protocol has a row. */
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

/** How a virtual machine reacts to commands. One value applies at a time. */
export const answerings = [
  'truly',
  'refuses',
  'inMenu', // somebody is in its management screen: Z0023
  'makesDrink', // Z0024
  'fails', // accepts, then fails
  'late', // after the wait for proof has ended
  'never', // no answer
  'restarts', // accepts, and restarts before the action
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
