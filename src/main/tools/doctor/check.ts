import type { DoctorResult } from '#shared/doctor';
import type { Computer } from './computer';

/** Looks, and changes nothing. */
export type Check = (computer: Computer) => Promise<readonly DoctorResult[]>;
