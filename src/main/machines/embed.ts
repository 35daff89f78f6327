/**
 * Parts of the machines thread for tools, which run them in their own
 * thread: the self-test of `doctor` starts a server.
 */
export { MachineServer } from './link/machineServer';
