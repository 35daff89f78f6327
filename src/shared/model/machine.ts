import type { ErrorSeverity } from '../errors/severity';
import type { FindingCode } from '../findings';
import type { CloseReason, Head, Peer } from './frame';
import type { LinkFacts } from './linkTrouble';
import type { MachineClock } from './machineClock';
import type { Platform } from './machineConfig';
import type { Evident, Order, Ordered } from './order';
import type { RelayedAs } from './relay';
import type { Repricing } from './repricing';
import { serviceOf } from './served';
import type { Params } from '../messages/row';
import type { SignFormula, SignResult } from './sign';
import type { NumberClaim, Verification } from './verified';

export type { ErrorSeverity, Evident, Order, Platform, SignResult };
export type { SignFormula } from './sign';
export { defaultMachineConfig, type MachineConfig } from './machineConfig';

type MachineLink =
  | { readonly status: 'online'; readonly conn: number; readonly peer: Peer; readonly since: number }
  | {
      readonly status: 'offline';
      readonly since: number;
      readonly reason: CloseReason;
      /** Where its last connection came from; `null`: an earlier Crema did not keep it. */
      readonly address: string | null;
      /** What became of its last connection where the relay had it; left out: Crema served it, or an earlier Crema did not keep it. */
      readonly relay?: RelayedAs;
    };

/** Where its connection comes from, or the last one came from. */
export const peerAddressOf = (link: MachineLink): string | null =>
  link.status === 'online' ? link.peer.remoteAddress : link.address;

/** What became of its connection, or the last one, where the relay has it; `null`: Crema serves it. */
export const relayedAsOf = (link: MachineLink): RelayedAs | null =>
  (link.status === 'online' ? link.peer.relay?.is : link.relay) ?? null;

/** The link after its connection has ended. */
export function linkGone(link: MachineLink, since: number, reason: CloseReason): MachineLink {
  const relay = relayedAsOf(link);
  const address = peerAddressOf(link);
  return { status: 'offline', since, reason, address, ...(relay !== null && { relay }) };
}

export interface LoginFacts {
  readonly at: number;
  readonly entry: number;
  readonly version: string | null;
  readonly driverVersion: string | null;
  readonly ioVersion: string | null;
  readonly model: string | null;
  readonly loginCount: number | null;
  readonly compId: string | null;
  readonly boards: Readonly<Record<string, string>>;
  readonly timestamp: string | null;
}

/** A version that a login names. */
export const versionFields = ['version', 'ioVersion'] as const;
export type VersionField = (typeof versionFields)[number];

/**
 * Why the version at the last login may no longer run. fetched: the machine has fetched a package since. sent: an upgrade was sent to it, and
 * Crema can't tell whether it fetched the package.
 */
export interface VersionDoubt {
  readonly field: VersionField;
  readonly why: 'fetched' | 'sent';
  readonly at: number;
  /** The frame with the upgrade; `null`: a download has no frame. */
  readonly entry: number | null;
}

/** What is known of the versions of one machine. */
export interface KnownVersions {
  /** As the last login names it. */
  readonly version: string | null;
  /** Of its I/O board; only android names it. */
  readonly ioVersion: string | null;
  /** That login; `null`: none is known. */
  readonly login: Pick<LoginFacts, 'at' | 'entry'> | null;
  readonly doubts: readonly VersionDoubt[];
}

export interface ActiveError {
  /** As the machine wrote it. */
  readonly code: string;
  readonly description: string | null;
  readonly since: number;
  /** When it was set last, ms. */
  readonly last: number;
  readonly entry: number;
  /** How often it was set while active; a repetition within a minute is the same message sent again and counts once. */
  readonly times: number;
  readonly isFatal: boolean | null;
  readonly isPersistent: boolean | null;
  /** True after a reconnect: the machine has not reported it again since. */
  readonly unconfirmed: boolean;
  /** android cleared all: it is over unless it is set again until then (ms). `null`: it is not ending. */
  readonly ending: {
    readonly at: number;
    readonly entry: number;
    readonly by: 'clearerror' | 'login';
    readonly until: number;
  } | null;
  /** The last drink that was made although this error was active, with the frame that reported it. */
  readonly madeSince?: { readonly at: number; readonly entry: number };
}

/** An error that a person closed and the machine has not cleared. */
export interface ClosedError extends ActiveError {
  readonly closed: {
    readonly at: number;
    readonly entry: number;
    /** `null`: an earlier version did not record who. */
    readonly by: string | null;
  };
}

/** Whether it is there for all we know: what survives a restart survives a reconnect. */
export const isConfirmed = ({ unconfirmed, isPersistent }: ActiveError): boolean =>
  !unconfirmed || isPersistent === true;

/** What passed of its link in one minute (since 1970) of which something is known: heartbeats, and connections that began. */
export type LinkMinute = readonly [minute: number, beats: number, opened: number];

/** When, and its frame's number where the head counts. */
export interface Heard {
  readonly at: number;
  readonly sequence: number | null;
}

/** A state that machines say again: it holds since it was said first. */
export type Said<T> = Evident<T> & {
  /** Where it was said again last. Left out: it was said once, or only an earlier version knew. */
  readonly again?: { readonly at: number; readonly entry: number };
  /** It has connected anew, and not said it since. */
  readonly unconfirmed?: true;
};

/** Where it was said last. */
export const lastSaid = ({ at, entry, again }: Said<unknown>): Pick<Evident<unknown>, 'at' | 'entry'> =>
  again ?? { at, entry };

/** A drink that a server ordered. `orderNo`: the number that was sent with it; android makes its own. */
export interface Brew extends Ordered {
  readonly productId: number;
  readonly orderNo: string | null;
}

/** What is known about one machine: the fold of its journal entries. */
export interface MachineState {
  readonly vmcNo: number;
  readonly link: MachineLink;
  /** Read from the login; settings may override it when it is shown and used. */
  readonly platform: Platform | null;
  readonly login: LoginFacts | null;
  /** Of the last login on its present connection; `null`: there was none. */
  readonly sign: SignResult | null;
  /** The last login whose sign matched its code, on whichever connection. */
  readonly proved: Evident<SignFormula> | null;
  readonly head: Head | null;
  readonly sequence: number | null;
  readonly lastHeard: number | null;
  /** When a frame was sent to it last, by Crema or its real server. */
  readonly lastSent: number | null;
  /**
   * Heartbeats of this connection: how many, the last, the time between the last two (ms), and the last times that its rhythm is judged by,
   * newest at the end.
   */
  readonly heartbeat: {
    readonly count: number;
    readonly last: number | null;
    readonly interval: number | null;
    readonly intervals: readonly number[];
    /** Of the last. */
    readonly entry: number | null;
  };
  /** The last hour of its link, oldest first, but for the newest minute; those in which nothing happened are left out. */
  readonly minutes: readonly LinkMinute[];
  /** The newest in which something happened; `null`: nothing did that is known of. Each heartbeat makes it anew, and not the whole hour. */
  readonly minute: LinkMinute | null;
  /** How its last connection ended. */
  readonly ended: Evident<CloseReason> | null;
  /** What its last login was answered. */
  readonly loginAnswer: Evident<{
    readonly ret: number | null;
    readonly serverList: string | null;
    /** The address that it had connected to, where that is known. */
    readonly here: string | null;
  }> | null;
  readonly door: Said<'open' | 'closed'> | null;
  readonly cupBlocked: Said<true> | null;
  readonly locked: Evident<boolean> | null;
  readonly errors: readonly ActiveError[];
  /** Oldest first, at most 50. */
  readonly closed: readonly ClosedError[];
  readonly supplies: Readonly<Record<string, Evident<string>>>;
  /** Newest last, at most 50. */
  readonly orders: readonly Order[];
  readonly lastDrink: Evident<Order> | null;
  /** Drinks that were ordered from here, and of which no end is known; oldest first, at most 20. */
  readonly brews: readonly Brew[];
  /** How often each finding was made, when last, where, and of what. */
  readonly findings: Readonly<
    Partial<
      Record<
        FindingCode,
        { readonly times: number; readonly last: number; readonly entry: number; readonly params: Params }
      >
    >
  >;
  /** Percent of its prices, as last sent; only an amount in a later QR request can prove that the machine applied it. */
  readonly discount: Evident<number> | null;
  /** Discounts and prices that were sent, oldest first, as far as amounts are weighed against them (commands/kit/pricing). */
  readonly repricings: readonly Repricing[];
  /**
   * A frame of ours that makes the machine restart, its connection, and when the machine's connection ended after it; until it has
   * logged in again on another.
   */
  readonly restart:
    | (Evident<string> & {
        readonly conn: number;
        readonly goneAt: number | null;
        /** How that connection ended; `null`: it has not, or an earlier version did not note it. */
        readonly goneBy: CloseReason | null;
        /** What was heard last on that connection, or before; `null`: an earlier version of Crema did not note it. */
        readonly heard: Heard | null;
        /** What was heard first on another. */
        readonly back: Heard | null;
      })
    | null;
  /** Upgrades that were sent since its last login on another connection, the newest of each version that they set. */
  readonly upgradesSent: readonly (Evident<VersionField> & { readonly conn: number })[];
  /**
   * The connection that took the number last from another address, and when: another machine has it, or the only one has moved. What is said
   * soon after proves nothing of what was told before.
   */
  readonly taken: { readonly conn: number; readonly at: number } | null;
  /** Of which rinses it has told (`rinseOf`), told last at the end, at most 100: a record that comes again is none of a later one. */
  readonly rinses: readonly string[];
  /** How far its clock is from ours. */
  readonly clock: MachineClock;
  readonly counts: {
    readonly framesIn: number;
    readonly framesOut: number;
    readonly bytesIn: number;
    readonly junkBytes: number;
  };
  readonly connections: number;
  /** When the last of them began, oldest first: those that Crema ended itself, and what was before them, are left out. */
  readonly connected: readonly number[];
}

/** A machine's state before anything is known; what an earlier version wrote lacks the members that are new since and is as here. */
export const nothingKnown: Omit<MachineState, 'vmcNo' | 'link'> = {
  platform: null,
  login: null,
  sign: null,
  proved: null,
  head: null,
  sequence: null,
  lastHeard: null,
  lastSent: null,
  heartbeat: { count: 0, last: null, interval: null, intervals: [], entry: null },
  minutes: [],
  minute: null,
  ended: null,
  loginAnswer: null,
  door: null,
  cupBlocked: null,
  locked: null,
  errors: [],
  closed: [],
  supplies: {},
  orders: [],
  lastDrink: null,
  brews: [],
  findings: {},
  discount: null,
  repricings: [],
  restart: null,
  upgradesSent: [],
  taken: null,
  rinses: [],
  clock: [],
  counts: { framesIn: 0, framesOut: 0, bytesIn: 0, junkBytes: 0 },
  connections: 0,
  connected: [],
};

/** One line of the machine list. Time-dependent words (silent for…) are derived with `statusOf` (`problems.ts`). */
export interface MachineRow extends KnownVersions {
  readonly vmcNo: number;
  readonly name: string;
  /** '': nobody has said it. */
  readonly place: string;
  /** As a person says, else as its login tells; '': neither. */
  readonly model: string;
  readonly platform: Platform | null;
  readonly online: boolean;
  readonly address: string | null;
  /** Online since or offline since, ms. */
  readonly since: number;
  /** Why its last connection ended; `null`: it is online, or never was. */
  readonly gone: CloseReason | null;
  readonly lastHeard: number | null;
  /** Since when its next heartbeat is awaited. */
  readonly lastBeat: number;
  readonly link: LinkFacts;
  /** Since when (ms) it is away after a frame of ours that makes it restart; `null`: it is not. */
  readonly restarting: number | null;
  readonly doorOpen: boolean;
  readonly cupBlocked: boolean;
  readonly locked: boolean;
  /** What its reports say of selling (`selling.ts`), as if it were connected. */
  readonly selling: 'no' | 'doubtful' | 'yes';
  /** The most serious active error, and how many are active. */
  readonly worst: {
    readonly code: string;
    readonly severity: ErrorSeverity;
    readonly since: number;
    /** The machine has reconnected since and has not reported it again. */
    readonly unconfirmed: boolean;
    /** When a drink was made although it was active. Left out: none was. */
    readonly madeAt?: number;
  } | null;
  /** The most serious error that a person closed and the machine has not cleared. */
  readonly closed: { readonly code: string; readonly at: number; readonly by: string | null } | null;
  readonly errorCount: number;
  readonly findingCount: number;
  /** Served by our own simulator. */
  readonly virtual: boolean;
  /** Whether its connection has proved that it is this machine. */
  readonly verification: Verification;
  /** The last time another connection used its number. */
  readonly claim: NumberClaim | null;
  /** It came while the relay was on, and what became of it; left out: Crema is its server. */
  readonly relay?: RelayedAs;
  /** It never logged in, is gone, and a person knows nothing of it; left out: it means something. */
  readonly stranger?: true;
}

export type MachineStatus =
  | 'online'
  | 'silence'
  | 'fault'
  | 'warning'
  | 'doorOpen'
  | 'restarting'
  | 'unknown'
  | 'offline';

/** Whether it is connected and its login was accepted. */
export const isServed = ({ online, relay, link: { noLogin, refused } }: MachineRow): boolean =>
  online &&
  serviceOf({
    refused: null,
    relay: relay ?? null,
    loggedIn: noLogin === null,
    isNamed: true,
    ret: refused === null ? 0 : 1,
  }) === 'served';
