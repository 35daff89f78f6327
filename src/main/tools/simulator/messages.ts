/** Calls and events between the app and its simulator thread. */
import type { Answering, Misbehaviour, SimulatorState } from '#shared/model/simulator';
import type { FleetRequest } from './options';

export interface SimulatorCalls {
  /** Replaces the machines that ran before. */
  start: { args: FleetRequest; result: null };
  setMisbehaviour: {
    args: { readonly vmcNo: number | null; readonly misbehaviour: Misbehaviour; readonly on: boolean };
    result: null;
  };
  setNotifyBase: { args: { readonly base: string | null }; result: null };
  setAnswering: { args: { readonly vmcNo: number; readonly answering: Answering }; result: null };
  /** The ports that were told last are known to the server: their machines may speak. */
  portsKnown: { args: null; result: null };
}

export interface SimulatorEvents {
  /** At most every 200 ms, and as soon as new machines have been started. */
  changed: Pick<SimulatorState, 'running' | 'connected' | 'misbehaviours'>;
  /** Local TCP ports of the virtual machines' connections; the next ones are told when these are known. */
  ports: readonly number[];
}
