/** The relay: machines connect to Crema, and Crema connects to their real server. Times are ms since 1970. */
import { z } from 'zod';
import { longestName } from '../limits';
import { dialTarget, isSameTarget, type DialTarget } from './dial';

export const mostRelayRules = 50;
export const mostRelayedMachines = 200;
/** Limit of held frames over all connections. */
export const mostHeld = 50;
/** Limit of delayed frames over all connections. One connection has at most 64 KiB of them in each direction. */
export const mostDelayed = 1_000;
/** ms. Machines and servers give up an unanswered connection after 2 minutes. */
export const longestDelay = 60_000;
/** Characters of a member's path and of its new value. */
export const longestMember = 200;
export const longestValue = 2_000;
/** Characters of a filter (docs/filter.md), and of an answer: no longer frame can be sent. */
const longestFilter = 2_000;
export const longestAnswer = 9_987;

/** The actions of a rule, and when it applies; `gone`: only while the server is unreachable. */
export const ruleWays = ['drop', 'hold', 'answer', 'rewrite', 'delay'] as const;
export const ruleTimes = ['always', 'gone'] as const;

/** `member`: a path (relayChange.ts). `value`: JSON of a single value. */
const relayChange = z.strictObject({
  member: z.string().max(longestMember),
  value: z.string().max(longestValue),
});
export type RelayChange = z.infer<typeof relayChange>;

const relayRule = z.strictObject({
  /** Never reused, because entries refer to it. */
  id: z.int().min(1),
  name: z.string().max(longestName),
  /** In the filter language; '': every frame. */
  filter: z.string().max(longestFilter),
  when: z.enum(ruleTimes),
  does: z.enum(ruleWays),
  /** A body; '': Crema's own answer. */
  answer: z.string().max(longestAnswer),
  /** Of `rewrite`. */
  change: relayChange.optional(),
  /** Of `delay`, in ms. */
  ms: z.int().min(1).max(longestDelay).optional(),
  isOn: z.boolean(),
});
export type RelayRule = z.infer<typeof relayRule>;

export const relaySchema = z.strictObject({
  isOn: z.boolean(),
  /** `null`: Crema serves machines without their own server. */
  upstream: dialTarget.nullable(),
  /** Machines with their own server. */
  ofMachines: z
    .array(z.strictObject({ vmcNo: z.int().min(0), ...dialTarget.shape }))
    .max(mostRelayedMachines),
  /** Crema serves a machine itself while its server is unreachable. */
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
 * The relay state of a machine's connection. relayed: connected to its server. meanwhile: its server is unreachable, and Crema serves it.
 * cutOff: its server is unreachable, and only rules answer.
 */
export const relayedAs = ['relayed', 'meanwhile', 'cutOff'] as const;
export type RelayedAs = (typeof relayedAs)[number];

/** The server behind a connection. */
export interface Upstream extends DialTarget {
  readonly is: RelayedAs;
}

/** An unreachable server. */
export interface Unreachable extends DialTarget {
  /** One of `connectErrors`; LOOP: the server forwards machines back to this Crema; or another system error code. */
  readonly detail: string;
  readonly since: number;
  /** Number of attempts, and the time of the next one. */
  readonly tries: number;
  readonly nextAt: number;
}

/** A frame that waits for a person. */
export interface HeldMessage {
  readonly conn: number;
  /** Unique on its connection. */
  readonly key: number;
  readonly vmcNo: number | null;
  readonly from: 'machine' | 'server';
  readonly at: number;
  /** The rule that holds it. */
  readonly rule: number;
  /** The body. */
  readonly text: string;
}

export interface RelayState {
  /** Connections by relay state. */
  readonly connections: Readonly<Record<RelayedAs, number>>;
  /** Number of machines whose server is being called. */
  readonly calling: number;
  readonly unreachable: readonly Unreachable[];
  /** By rule: number of frames that it was applied to in this launch. */
  readonly hits: Readonly<Record<number, number>>;
  /** By rule: number of matching frames that it could not be applied to, so that they were forwarded unchanged. */
  readonly waived: Readonly<Record<number, number>>;
  /** By rule: number of frames that it delays now, with those behind them. */
  readonly delayed: Readonly<Record<number, number>>;
  /** Oldest first. */
  readonly held: readonly HeldMessage[];
  /** Servers that accept connections again, but have not answered long enough to get their machines back. */
  readonly unproven: readonly DialTarget[];
  /** Machines that go back to their server after their order. */
  readonly waiting: readonly number[];
}

export const noRelayState: RelayState = {
  connections: { relayed: 0, meanwhile: 0, cutOff: 0 },
  calling: 0,
  unreachable: [],
  hits: {},
  waived: {},
  delayed: {},
  held: [],
  unproven: [],
  waiting: [],
};

/** The machine's own server, or the general one; `null`: Crema serves it. */
export function upstreamOf({ ofMachines, upstream }: RelaySettings, vmcNo: number | null): DialTarget | null {
  const own = vmcNo === null ? undefined : ofMachines.find((one) => one.vmcNo === vmcNo);
  return own === undefined ? upstream : { host: own.host, port: own.port };
}

/**
 * Whether the machine's real server answers it, now or after it reconnects. False for a machine served by Crema without such a server, such as
 * a virtual machine or an outbound connection. `row`: absent before its first message.
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

/** Whether any machine is relayed to that server. */
export const isRelayedTo = ({ isOn, upstream, ofMachines }: RelaySettings, target: DialTarget): boolean =>
  isOn && [upstream, ...ofMachines].some((one) => one !== null && isSameTarget(one, target));
