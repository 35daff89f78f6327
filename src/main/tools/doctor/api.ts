/** The checks of this computer, as calls to the doctor's thread. */
export type { PortCheck } from './checks/port';
export { readComputer, type Computer, type DoctorCalls } from './computer';
