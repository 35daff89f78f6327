import type { LeftCommand } from './leftCommand';
import type { ErrorSeverity } from './ownErrors';
import type { FindingCode } from '../findings';
import type { CloseReason, Head } from './frame';
import type { LinkFacts } from './linkTrouble';
import type { MachineClock } from './machineClock';
import type { Platform } from './machineSettings';
import type { Evident, Order, Ordered } from './order';
import type { RelayedAs } from './relay';
import type { Repricing } from './repricing';
import { serviceOf } from './served';
import type { Params } from '../messages/row';
import type { Rated } from './severity';
import type { SignFormula, SignResult } from './sign';
import type { NumberClaim, Verification } from './verified';
import type { MachineLink } from './machineLink';
import type { ActiveFault, ClosedFault } from './activeFault';
import type { KnownVersions, LoginFacts, LoginFrom, VersionField } from './knownVersions';

export type { ErrorSeverity, Evident, Order, Platform, SignResult };
export type { SignFormula } from './sign';
export { defaultMachineConfig, type MachineConfig } from './machineSettings';

/** Link events of one minute (since 1970): heartbeats, and connections that began. */
export type LinkMinute = readonly [minute: number, beats: number, opened: number];

/** Time of a message, with its frame number if the head has one. */
export interface Heard {
  readonly at: number;
  readonly sequence: number | null;
}

/** A repeated state, valid since its first report. */
export type ReportedState<T> = Evident<T> & {
  /** The last repetition. Absent: reported once, or recorded by an earlier version. */
  readonly again?: { readonly at: number; readonly entry: number };
  /** The machine has reconnected and not repeated it. */
  readonly unconfirmed?: true;
};

/** The last report. */
export const lastReport = ({
  at,
  entry,
  again,
}: ReportedState<unknown>): Pick<Evident<unknown>, 'at' | 'entry'> => again ?? { at, entry };

/** A drink ordered by a server. `orderNo`: the number sent with it; android assigns its own. */
export interface Brew extends Ordered {
  readonly productId: number;
  readonly orderNo: string | null;
}

/** The state of one machine: the fold of its journal entries. */
export interface MachineState {
  readonly vmcNo: number;
  readonly link: MachineLink;
  /** Read from the login. Settings may override it for display and use. */
  readonly platform: Platform | null;
  readonly login: LoginFacts | null;
  /** Sign of the last login on the present connection; `null`: no login. */
  readonly sign: SignResult | null;
  /** The last login with a matching sign, on any connection. */
  readonly proved: Evident<SignFormula> | null;
  readonly head: Head | null;
  readonly sequence: number | null;
  readonly lastHeard: number | null;
  /** Time of the last frame sent by Crema or the real server. */
  readonly lastSent: number | null;
  /**
   * Heartbeats of this connection: number, time of the last, last interval (ms), and the last intervals used to judge the rhythm,
   * newest last.
   */
  readonly heartbeat: {
    readonly count: number;
    readonly last: number | null;
    readonly interval: number | null;
    readonly intervals: readonly number[];
    /** Entry of the last one. */
    readonly entry: number | null;
  };
  /** The last hour of the link without the newest minute, oldest first, without empty minutes. */
  readonly minutes: readonly LinkMinute[];
  /** The newest minute with an event; `null`: none. Separate, so that a heartbeat does not copy the whole hour. */
  readonly minute: LinkMinute | null;
  /** Why the last connection ended. */
  readonly ended: Evident<CloseReason> | null;
  /** The answer to the last login. */
  readonly loginAnswer: Evident<{
    readonly ret: number | null;
    readonly serverList: string | null;
    /** The local address of that connection, if known. */
    readonly here: string | null;
  }> | null;
  readonly door: ReportedState<'open' | 'closed'> | null;
  readonly cupBlocked: ReportedState<true> | null;
  readonly locked: Evident<boolean> | null;
  readonly errors: readonly ActiveFault[];
  /** Oldest first, at most 50. */
  readonly closed: readonly ClosedFault[];
  readonly supplies: Readonly<Record<string, Evident<string>>>;
  /** Newest last, at most 50. */
  readonly orders: readonly Order[];
  readonly lastDrink: Evident<Order> | null;
  /** The last two logins on different connections, newest last: those of both machines if two have the number. */
  readonly logins: readonly LoginFrom[];
  /** Ordered drinks without a known end; oldest first, at most 20. */
  readonly brews: readonly Brew[];
  /** Number of each finding, with time, entry and parameters of the last. */
  readonly findings: Readonly<
    Partial<
      Record<
        FindingCode,
        { readonly times: number; readonly last: number; readonly entry: number; readonly params: Params }
      >
    >
  >;
  /** The last discount sent, in percent. Only an amount in a later QR request can prove that the machine applied it. */
  readonly discount: Evident<number> | null;
  /** Sent discounts and prices, oldest first, as far as needed to judge amounts (commands/kit/pricing). */
  readonly repricings: readonly Repricing[];
  /**
   * A frame of Crema that makes the machine restart, with its connection and the end of that connection. Kept until the machine logs in
   * on another connection.
   */
  readonly restart:
    | (Evident<string> & {
        readonly conn: number;
        readonly goneAt: number | null;
        /** Why that connection ended; `null`: still open, or recorded by an earlier version. */
        readonly goneBy: CloseReason | null;
        /** The last message on that connection or before; `null`: recorded by an earlier version. */
        readonly heard: Heard | null;
        /** The first message on another connection. */
        readonly back: Heard | null;
      })
    | null;
  /** Upgrades sent since the last login on another connection, the newest for each version field. */
  readonly upgradesSent: readonly (Evident<VersionField> & { readonly conn: number })[];
  /**
   * The last connection that took the number from another address, and the time: either another machine has the number, or the only
   * machine has moved. Messages soon afterwards are not evidence about earlier commands.
   */
  readonly taken: { readonly conn: number; readonly at: number } | null;
  /** Ids of reported rinses (`rinseOf`), newest last, at most 100. A repeated record is not a later rinse. */
  readonly rinses: readonly string[];
  /** Offset of its clock from Crema's. */
  readonly clock: MachineClock;
  readonly counts: {
    readonly framesIn: number;
    readonly framesOut: number;
    readonly bytesIn: number;
    readonly junkBytes: number;
  };
  readonly connections: number;
  /** Start times of its last connections, oldest first. A connection closed by Crema resets the list. */
  readonly connected: readonly number[];
}

/** The initial state of a machine. States stored by earlier versions get new members from here. */
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
  logins: [],
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

/** A diagnosis in a row. `rule` is a `RuleName`; the catalogue of rules imports this file. */
export interface ShownDiagnosis {
  readonly rule: string;
  readonly cause: string;
  readonly severity: ErrorSeverity;
  readonly since: number;
  readonly params: Params;
  /** The number of others of this kind. */
  readonly others: number;
}

/** A row of the machine list. Time-dependent texts (silent for…) are derived with `statusOf` (`problems.ts`). */
export interface MachineRow extends KnownVersions {
  readonly vmcNo: number;
  readonly name: string;
  /** '': not set. */
  readonly place: string;
  /** Set by a person, or else read from the login; '': neither. */
  readonly model: string;
  readonly platform: Platform | null;
  readonly online: boolean;
  readonly address: string | null;
  /** Start of the online or offline state, ms. */
  readonly since: number;
  /** Why the last connection ended; `null`: online, or never connected. */
  readonly gone: CloseReason | null;
  readonly lastHeard: number | null;
  /** Start of the wait for the next heartbeat. */
  readonly lastBeat: number;
  readonly link: LinkFacts;
  /** Time (ms) of disconnection after a frame of Crema that makes the machine restart; `null`: not restarting. */
  readonly restarting: number | null;
  readonly doorOpen: boolean;
  readonly cupBlocked: boolean;
  readonly locked: boolean;
  /** The last drink failed. Absent: it did not. `reason`: as the machine gave it; '': none. */
  readonly failedDrink?: Pick<Order, 'productId' | 'productName'> & {
    readonly reason: string;
    readonly at: number;
    /** Crema ordered it, so no customer paid. */
    readonly isTest?: true;
  };
  /** Its newest command, if it failed or was not confirmed. Absent: it was not, or there is none. */
  readonly leftCommand?: LeftCommand;
  /** The most severe active error. */
  readonly worst: {
    readonly code: string;
    readonly severity: ErrorSeverity;
    readonly selling: Rated['selling'];
    readonly since: number;
    /** The machine has reconnected and not repeated it. */
    readonly unconfirmed: boolean;
    /** Time of a drink made while it was active. Absent: none. */
    readonly madeAt?: number;
    /** The machine's own description of a code that no list contains. */
    readonly description?: string;
  } | null;
  /** The most severe error that a person closed and the machine has not cleared. */
  readonly closed: {
    readonly code: string;
    readonly at: number;
    readonly by: string | null;
    readonly severity: ErrorSeverity;
    readonly selling: Rated['selling'];
    readonly description?: string;
    /** The number of others. */
    readonly others: number;
  } | null;
  /** The most severe diagnosis that no other member shows, at least a warning. */
  readonly diagnosis?: ShownDiagnosis;
  readonly errorCount: number;
  readonly findingCount: number;
  /** A machine of Crema's simulator. */
  readonly virtual: boolean;
  /** Whether the connection has proved the machine's identity. */
  readonly verification: Verification;
  /** The last use of its number by another connection. */
  readonly claim: NumberClaim | null;
  /** Relay state of the connection; absent: Crema is its server. */
  readonly relay?: RelayedAs;
  /** Never logged in, offline, and without settings by a person; absent: relevant. */
  readonly stranger?: true;
}

export type MachineStatus =
  | 'online'
  | 'silence'
  | 'fault'
  | 'error'
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
