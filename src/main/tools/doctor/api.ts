/** The checks of this computer, as calls to the doctor's thread. */
export type { DoctorCalls } from './calls';
export type { PortCheck } from './checks/port';
export { readComputer, type Computer } from './computer';
