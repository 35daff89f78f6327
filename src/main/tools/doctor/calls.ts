/** Calls to the doctor's thread, and the form of its checks. */
import type { CheckName, DoctorResult } from '#shared/doctor';
import type { Computer } from './computer';

/** Calls to the doctor's thread. The check of a large journal takes too long for the main thread. */
export interface DoctorCalls {
  examine: {
    args: { readonly name: CheckName; readonly computer: Computer };
    result: readonly DoctorResult[];
  };
}

/** A check reads and changes nothing. */
export type Check = (computer: Computer) => Promise<readonly DoctorResult[]>;
