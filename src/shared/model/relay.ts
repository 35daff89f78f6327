/** The relay: machines connect to Crema, and Crema connects to their real server. Times are ms since 1970. */
import { z } from 'zod';
import { longestName } from '../limits';
import { dialTarget, isSameTarget, type DialTarget } from './dial';

export const mostRelayRules = 50;
export const mostRelayedMachines = 200;
/** Frames that wait for a person at a time, over all connections. */
export const mostHeld = 50;
/** Characters of a filter, as docs/filter.md has them, and of an answer: no longer frame can be sent. */
const longestFilter = 2_000;
export const longestAnswer = 9_987;

/** What a rule does with a frame, and when it is looked at; `gone`: only where the server can't be reached. */
export const ruleWays = ['drop', 'hold', 'answer'] as const;
export const ruleTimes = ['always', 'gone'] as const;

const relayRule = z.strictObject({
  /** Unlike any other rule's, for ever: entries name it. */
  id: z.int().min(1),
  name: z.string().max(longestName),
  /** In the filter language; '': every frame. */
  filter: z.string().max(longestFilter),
  when: z.enum(ruleTimes),
  does: z.enum(ruleWays),
  /** A body; '': as Crema would answer a machine. */
  answer: z.string().max(longestAnswer),
  isOn: z.boolean(),
});
export type RelayRule = z.infer<typeof relayRule>;

export const relaySchema = z.strictObject({
  isOn: z.boolean(),
  /** `null`: machines that have none of their own are served by Crema. */
  upstream: dialTarget.nullable(),
  /** Machines with a server of their own. */
  ofMachines: z
    .array(z.strictObject({ vmcNo: z.int().min(0), ...dialTarget.shape }))
    .max(mostRelayedMachines),
  /** Crema serves a machine itself while its server can't be reached. */
  serveMeanwhile: z.boolean(),
  rules: z.array(relayRule).max(mostRelayRules),
});
export type RelaySettings = z.infer<typeof relaySchema>;

export const noRelay: RelaySettings = {
  isOn: false,
  upstream: null,
  ofMachines: [],
  serveMeanwhile: false,
  rules: [],
};

/**
 * What became of a machine that came while the relay was on. relayed: both ends stand. meanwhile: its server can't be reached, and Crema
 * serves it. cutOff: it can't be reached, and only rules answer.
 */
export const relayedAs = ['relayed', 'meanwhile', 'cutOff'] as const;
export type RelayedAs = (typeof relayedAs)[number];

/** Of a connection: where its server is. */
export interface Upstream extends DialTarget {
  readonly is: RelayedAs;
}

/** A server that could not be reached. */
export interface Unreachable extends DialTarget {
  /** The system's code, such as ECONNREFUSED; TIMEOUT; SELF where it leads to our own listeners, LOOP where it passes machines back to them. */
  readonly detail: string;
  readonly since: number;
  /** How often it was tried, and when it is tried next. */
  readonly tries: number;
  readonly nextAt: number;
}

/** A frame that waits for a person. */
export interface HeldMessage {
  readonly conn: number;
  /** Unlike any other of its connection. */
  readonly key: number;
  readonly vmcNo: number | null;
  readonly from: 'machine' | 'server';
  readonly at: number;
  /** Its rule. */
  readonly rule: number;
  /** The body. */
  readonly text: string;
}

export interface RelayState {
  /** Connections by what became of them. */
  readonly connections: Readonly<Record<RelayedAs, number>>;
  /** Machines that wait for their server to be called. */
  readonly calling: number;
  readonly unreachable: readonly Unreachable[];
  /** By rule: frames it was followed for, since Crema was started. */
  readonly hits: Readonly<Record<number, number>>;
  /** Oldest first. */
  readonly held: readonly HeldMessage[];
}

export const noRelayState: RelayState = {
  connections: { relayed: 0, meanwhile: 0, cutOff: 0 },
  calling: 0,
  unreachable: [],
  hits: {},
  held: [],
};

/** Its own server, or that of all; `null`: Crema serves it. */
export function upstreamOf({ ofMachines, upstream }: RelaySettings, vmcNo: number | null): DialTarget | null {
  const own = vmcNo === null ? undefined : ofMachines.find((one) => one.vmcNo === vmcNo);
  return own === undefined ? upstream : { host: own.host, port: own.port };
}

/**
 * Its real server answers it, or would once it comes (again): so unless it stands at Crema now without one, as a virtual machine and one
 * that Crema called do. `row`: left out where nothing of it came yet.
 */
export function mayBeRelayed(
  settings: RelaySettings,
  vmcNo: number,
  row?: { readonly online: boolean; readonly virtual: boolean; readonly relay?: RelayedAs },
): boolean {
  if (row?.relay === 'relayed') return true;
  if (!settings.isOn || row?.virtual === true || upstreamOf(settings, vmcNo) === null) return false;
  return row?.online !== true || row.relay !== undefined;
}

/** Some machine goes to that server. */
export const isRelayedTo = ({ isOn, upstream, ofMachines }: RelaySettings, target: DialTarget): boolean =>
  isOn && [upstream, ...ofMachines].some((one) => one !== null && isSameTarget(one, target));
