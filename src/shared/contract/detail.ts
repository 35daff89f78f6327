import type { MachineState } from '../model/machine';

export interface MachineDetail {
  readonly state: MachineState;
}
/** Where a verification code is: with the operating system's key store, or in memory until Crema ends. */
export type CodeStored = 'keyStore' | 'memory';
