/** What the app uses of the checks of this computer. */
export type { DoctorCalls } from './calls';
export type { PortCheck } from './checks/port';
export { readComputer, type Computer } from './computer';
