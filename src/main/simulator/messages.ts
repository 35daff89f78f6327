/** What the app and its simulator worker say to each other. */
import type { Misbehaviour, SimulatorState } from '#shared/model/simulator';
import type { FleetRequest } from './options';

export interface SimulatorCalls {
  /** Machines that ran before are gone. */
  start: { args: FleetRequest; result: null };
  setCount: { args: number; result: null };
  setFault: {
    args: { readonly vmcNo: number | null; readonly fault: Misbehaviour; readonly on: boolean };
    result: null;
  };
}

export interface SimulatorEvents {
  /** At most every 200 ms, and as soon as new machines have been started. */
  changed: Pick<SimulatorState, 'running' | 'connected' | 'misbehaviours'> & {
    /** Local TCP ports of the virtual machines' connections. */
    readonly ports: readonly number[];
  };
}
