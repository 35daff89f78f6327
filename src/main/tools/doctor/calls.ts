import type { CheckName, DoctorResult } from '#shared/doctor';
import type { Computer } from './computer';

/** Calls to the doctor's thread: looking through a large journal takes time that no window has. */
export interface DoctorCalls {
  examine: {
    args: { readonly name: CheckName; readonly computer: Computer };
    result: readonly DoctorResult[];
  };
}
