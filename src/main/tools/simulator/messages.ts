/** Calls and events between the app and its simulator thread. */
import type { Answering, Misbehaviour, SimulatorState } from '#shared/model/simulator';
import type { FleetRequest } from './options';

export interface SimulatorCalls {
  /** Replaces the running machines. */
  start: { args: FleetRequest; result: null };
  setMisbehaviour: {
    args: { readonly vmcNo: number | null; readonly misbehaviour: Misbehaviour; readonly on: boolean };
    result: null;
  };
  setNotifyBase: { args: { readonly base: string | null }; result: null };
  setAnswering: { args: { readonly vmcNo: number; readonly answering: Answering }; result: null };
  /** The server knows the last announced ports: their machines may send. */
  portsKnown: { args: null; result: null };
}

export interface SimulatorEvents {
  /** At most every 200 ms, and at once when new machines have started. */
  changed: Pick<SimulatorState, 'running' | 'connected' | 'misbehaviours'>;
  /** Local TCP ports of the virtual machines' connections. The next list follows only after `portsKnown`. */
  ports: readonly number[];
}
