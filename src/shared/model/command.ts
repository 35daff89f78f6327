/** A command to a machine and what became of it. Times are ms since 1970; `entry` numbers are journal entries. */
import type { CommandName } from '../catalog/commands';
import type { JsonObject } from './json';
import type { Platform } from './machine';

/**
 * queued: the machine is not connected; nothing was sent. sent: written to the machine, its proof awaited. confirmed, failed: a
 * frame says so. expired: no proof in time (or never sent in time). unconfirmable: sent, and this machine has no way to prove it.
 * cancelled: a person took it back before it was sent.
 */
export type CommandState =
  'queued' | 'sent' | 'confirmed' | 'failed' | 'expired' | 'unconfirmable' | 'cancelled';

export const openStates: ReadonlySet<CommandState> = new Set<CommandState>(['queued', 'sent']);

/** One thing that happened to it. The words: locales/<language>/commands.ts, `commandStep.<what>`. */
export type StepName =
  | 'queued' // the machine was not connected
  | 'sent' // one per frame
  | 'refusedTooLong' // {bytes}: the frame would be over the head's limit
  | 'sendFailed' // the connection ended in the middle
  | 'notOffered' // {code}: an error's code: its package could not be offered when the machine came
  | 'connectionClosed' // after a command that restarts the machine
  | 'loggedIn' // {version}
  | 'acknowledged' // paydone_r
  | 'doorOpened'
  | 'drinkMade' // {productId, orderNo}
  | 'drinkFailed' // {productId, orderNo, reason}
  | 'rinsed'
  | 'rinseFailed'
  | 'statusReported'
  | 'suppliesReported'
  | 'amountSeen' // {productId, amount}: the amount asked for is the new one
  | 'amountDiffers' // {productId, amount, expected}
  | 'updateXmlFetched' // {remoteAddress}: over HTTP, so without an entry
  | 'downloadBegan' // {remoteAddress, total}
  | 'downloadEnded' // {remoteAddress, sent}
  | 'downloadBroke' // {remoteAddress, sent, total}
  | 'machineSaidDone' // android's notice over HTTP
  | 'machineSaidFailed' // {reason}
  | 'versionConfirmed' // {version}
  | 'versionDiffers' // {version, expected}
  | 'otherSpelling' // replaced by the same command in the other spelling
  | 'replaced' // an upgrade given again after a login with another version
  | 'noProof' // nothing that proves it came in time
  | 'notSent' // the machine did not connect in time
  | 'cannotProve' // this machine sends nothing that would prove it
  | 'cancelled'
  | 'cremaClosed'; // Crema ended before it could be sent

export interface CommandStep {
  readonly what: StepName;
  readonly at: number;
  /** The frame or other entry that is the evidence. */
  readonly entry: number | null;
  readonly params: Readonly<Record<string, string | number>>;
}

export interface Command {
  /** Grows by one per command over the whole journal. */
  readonly id: number;
  readonly vmcNo: number;
  readonly name: CommandName;
  /** As checked by the catalogue's schema. */
  readonly input: JsonObject;
  readonly state: CommandState;
  readonly createdAt: number;
  readonly sentAt: number | null;
  readonly endedAt: number | null;
  /** Until when it waits: to be sent (queued) or to be proved (sent). */
  readonly until: number;
  /** android: tells the machine's notice of it from others. */
  readonly sessionId: string;
  /** The wire form it was sent in; `null` until then. */
  readonly platform: Platform | null;
  /** The connection it was sent on. */
  readonly conn: number | null;
  /** Newest last. */
  readonly steps: readonly CommandStep[];
  /** What must still be seen, for a command of several parts: product ids of a price list. */
  readonly awaited: readonly number[];
}

/** Where a page of commands ended. */
export interface CommandQuery {
  readonly vmcNo: number | null;
  readonly before: number | null;
  readonly limit: number;
}
