import type { DoctorResult } from '#shared/doctor';
import type { Computer } from './computer';

/** A check reads and changes nothing. */
export type Check = (computer: Computer) => Promise<readonly DoctorResult[]>;
