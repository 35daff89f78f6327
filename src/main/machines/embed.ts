/** Parts of the machines thread that a tool runs in its own thread: the self-test of `doctor` starts a server. */
export { MachineServer } from './link/machineServer';
