import type { MachineState } from '../model/machine';

export interface MachineDetail {
  readonly state: MachineState;
  readonly codeStored: CodeStored;
}
/** Where the verification code is: with the operating system's key store, in memory until Crema ends, or not at all. */
export type CodeStored = 'none' | 'keyStore' | 'memory';
