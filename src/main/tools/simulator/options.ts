/** Options of a fleet, from the command line or from the app. */
import { z } from 'zod';
import {
  answerings,
  misbehaviours,
  type Answering,
  type Misbehaviour,
  type SimulatorState,
} from '#shared/model/simulator';

/** Machines in one process. */
export const maxMachines = 5_000;
/** The default numbers mark machines as virtual. */
export const firstVirtualNumber = 90_001;

export const fleetOptions = z.strictObject({
  host: z.string().min(1),
  port: z.int().min(1).max(65_535),
  count: z.int().min(0).max(maxMachines),
  platform: z.enum(['linux', 'android', 'mixed']),
  /** Equal seeds give equal events. */
  seed: z.int().min(0).max(0xffff_ffff).default(1),
  /** 1: something happens every 20 to 150 s; 10: ten times as often. */
  pace: z.number().min(0.01).max(1_000).default(1),
  /** The first machine's number; the others follow. */
  first: z.int().min(1).max(0x7fff_ffff).default(firstVirtualNumber),
  /** `null`: each platform's default. */
  head: z.enum(['decimal', 'le48']).nullable().default(null),
  /** The verification code entered at every machine, 8 characters [doc]. */
  code: z.string().length(8).default('00000000'),
  notifyBase: z
    .url({ protocol: /^http$/ })
    .nullable()
    .default(null),
  /** The programs know only the rare spellings of commands. */
  rareSpelling: z.boolean().default(false),
  /** How all machines answer commands. */
  answering: z.enum(answerings).default('truly'),
});
export type FleetOptions = z.output<typeof fleetOptions>;
export type FleetRequest = z.input<typeof fleetOptions>;

export const misbehaviour = z.enum(misbehaviours);

/** Calls from the app to its simulator thread. */
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
