import type { FindingCode } from '../catalog/findings';
import type { CloseReason, Head, Peer } from './frame';

/** Which generation of machine program speaks (docs/protocol.md, "Roles and generations"). */
export type Platform = 'linux' | 'android';

/** Which answers a machine gets: everything real machines want, or only what the vendor's document defines. */
export type ReplyProfile = 'extended' | 'document';

/** Who answers a machine's QR requests. */
export type QrAnswers = 'auto' | 'hand';

/** What a wrong `sign` does: nothing, a finding, or login_r with ret 1 (which makes a linux machine give up its network). */
export type SignPolicy = 'ignore' | 'warn' | 'enforce';

/** Which formula the sign matched: MD5(timestamp + code) [doc], MD5(code + vmc_no) [field linux]. */
export type SignFormula = 'timestampCode' | 'codeNumber';
export type SignResult =
  | { readonly kind: 'noCode' } // no code is stored: nothing to compare with
  | { readonly kind: 'absent' }
  | { readonly kind: 'matched'; readonly formula: SignFormula; readonly exact: boolean }
  | { readonly kind: 'mismatch' };

/** A statement and the journal entry it follows from. */
export interface Evident<T> {
  readonly value: T;
  readonly at: number;
  readonly entry: number;
}

export type MachineLink =
  | { readonly status: 'online'; readonly conn: number; readonly peer: Peer; readonly since: number }
  | { readonly status: 'offline'; readonly since: number; readonly reason: CloseReason };

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
  /** True after a mere reconnect: the machine has not said it again since. */
  readonly unconfirmed: boolean;
}

/**
 * requested: a QR text was asked for. paid, refused: we told the machine so. made, failed: its productdone said so.
 */
export type OrderState = 'requested' | 'paid' | 'refused' | 'made' | 'failed';

export interface Order {
  readonly orderNo: string;
  /** The entry that opened it; with the machine number it is the order's id. */
  readonly entry: number;
  readonly at: number;
  readonly productId: number | null;
  readonly productName: string | null;
  /** fen */
  readonly amount: number | null;
  readonly payType: string | null;
  /** The payment type its QR request named (`all` or one); `null`: no QR text was asked for. */
  readonly qrType: string | null;
  /** QR texts given out, by payment type: the same order gets the same answer. */
  readonly qr: Readonly<Record<string, string>>;
  /** Our first QR answer. */
  readonly answered: Evident<true> | null;
  /** Our last word about its payment (pay_done). */
  readonly payment: Evident<{ readonly paid: boolean; readonly payType: string }> | null;
  /** The machine's word that it heard of the payment (paydone_r). */
  readonly acknowledged: Evident<true> | null;
  /** Its first productdone with `isok`. */
  readonly done: Evident<boolean> | null;
  readonly state: OrderState;
  readonly failReason: string | null;
  /** How often its productdone came. */
  readonly doneTimes: number;
}

/** What is known about one machine: the fold of its journal entries. */
export interface MachineState {
  readonly vmcNo: number;
  readonly link: MachineLink;
  /** Read from the login; settings may override it when it is shown and used. */
  readonly platform: Platform | null;
  readonly login: LoginFacts | null;
  readonly sign: SignResult | null;
  readonly head: Head | null;
  readonly sequence: number | null;
  readonly lastHeard: number | null;
  /** Heartbeats of this connection: how many, the last, and the time between the last two (ms). */
  readonly heartbeat: {
    readonly count: number;
    readonly last: number | null;
    readonly interval: number | null;
  };
  readonly door: Evident<'open' | 'closed'> | null;
  readonly cupBlocked: Evident<true> | null;
  readonly locked: Evident<boolean> | null;
  readonly errors: readonly ActiveError[];
  readonly supplies: Readonly<Record<string, Evident<string>>>;
  /** Newest last, at most 50. */
  readonly orders: readonly Order[];
  readonly lastDrink: Evident<Order> | null;
  /** How often each finding was made and when last. */
  readonly findings: Readonly<
    Partial<Record<FindingCode, { readonly times: number; readonly last: number; readonly entry: number }>>
  >;
  /** Percent of its prices, as we last told it; whether it took that, only an amount it asks for can show. */
  readonly discount: Evident<number> | null;
  /** A frame of ours that makes the machine restart, and its connection; until it has logged in again on another. */
  readonly restart: (Evident<string> & { readonly conn: number }) | null;
  readonly counts: {
    readonly framesIn: number;
    readonly framesOut: number;
    readonly bytesIn: number;
    readonly junkBytes: number;
  };
  readonly connections: number;
}

/** A person's choices for one machine. The verification code is a secret and is not here. */
export interface MachineConfig {
  readonly name: string;
  readonly platform: Platform | null;
  readonly head: Head | null;
  readonly replyProfile: ReplyProfile;
  /** `auto`: a QR request gets a test text at once; `hand`: a person answers it. */
  readonly qrAnswers: QrAnswers;
  /** `null`: `warn` when a code is stored, else `ignore`. */
  readonly signPolicy: SignPolicy | null;
}
export const defaultMachineConfig: MachineConfig = {
  name: '',
  platform: null,
  head: null,
  replyProfile: 'extended',
  qrAnswers: 'auto',
  signPolicy: null,
};

/** One line of the machine list. Time-dependent words (silent for…) are derived with `statusOf`. */
export interface MachineRow {
  readonly vmcNo: number;
  readonly name: string;
  readonly platform: Platform | null;
  readonly version: string | null;
  readonly online: boolean;
  readonly address: string | null;
  /** Online since or offline since, ms. */
  readonly since: number;
  readonly lastHeard: number | null;
  /** Since when (ms) it is away after a frame of ours that makes it restart; `null`: it is not. */
  readonly restarting: number | null;
  readonly doorOpen: boolean;
  readonly cupBlocked: boolean;
  /** The most important active error's code, by catalogue severity, and how many are active. */
  readonly worst: {
    readonly code: string;
    readonly severity: ErrorSeverity;
    readonly since: number;
    /** The machine has come back since and has not said it again. */
    readonly unconfirmed: boolean;
  } | null;
  readonly errorCount: number;
  readonly findingCount: number;
  /** Served by our own simulator. */
  readonly virtual: boolean;
}

/** fatal: cannot sell; fault: a part fails; warning: soon; info. */
export type ErrorSeverity = 'fatal' | 'fault' | 'warning' | 'info';

export type MachineStatus = 'online' | 'silent' | 'fault' | 'warning' | 'doorOpen' | 'restarting' | 'offline';

/** ms without a byte after which an online machine counts as silent: two missed beats and a margin. */
const silentAfter: Readonly<Record<Platform | 'unknown', number>> = {
  linux: 45_000, // beats every 20 s [doc]
  android: 75_000, // beats at the latest every 60 s [field]
  unknown: 75_000,
};

/** ms [ours]: a machine that has not come back by then is not restarting but gone. */
const restartTime = 300_000;

/** The one word for a machine, in the order a technician needs it: gone, broken, quiet, open, warned, fine. */
export function statusOf(row: MachineRow, now: number): MachineStatus {
  if (row.restarting !== null && now - row.restarting < restartTime) return 'restarting';
  if (!row.online) return 'offline';
  // After a mere reconnect the machine has not said it again: known, but no longer proved.
  if (row.worst?.severity === 'fatal' && !row.worst.unconfirmed) return 'fault';
  if (row.lastHeard !== null && now - row.lastHeard > silentAfter[row.platform ?? 'unknown']) return 'silent';
  if (row.doorOpen) return 'doorOpen';
  if (row.worst !== null || row.cupBlocked) return 'warning';
  return 'online';
}
