/** Dependencies of the command queue: clock, sockets, facts about machines and packages, and the disk. */
import type { GivenFrom } from '#shared/commands/kit/given';
import type { AcceptableReason, MachineContext } from '#shared/commands/kit/possible';
import type { AppError } from '#shared/contract/errors';
import type { Finding } from '#shared/findings';
import type { Command } from '#shared/model/command';
import type { Entry, JsonObject } from '#shared/model/frame';
import type { WireMessage } from '#shared/model/message';
import type { Verification } from '#shared/model/verified';

export interface CommandQueueDeps {
  readonly now: () => number;
  /** Unguessable and unique. */
  readonly newSessionId: () => string;
  readonly isOnline: (vmcNo: number) => boolean;
  /** The verification state of the connected machine. Left out: no codes are stored. */
  readonly verification?: (vmcNo: number) => Verification;
  /** Facts known when a command is given. */
  readonly contextOf: (vmcNo: number) => MachineContext;
  /**
   * Writes one message. Returns its frame, or the finding that explains why
   * it was not sent; `null`: the connection has ended.
   */
  readonly send: (vmcNo: number, message: WireMessage) => Entry | null;
  /** Records a finding about the machine's connection; `null`: it has none. */
  readonly remark: (vmcNo: number, finding: Finding) => Entry | null;
  /** Facts of the package that its command stores. */
  readonly packageFacts: (vmcNo: number, input: JsonObject) => { readonly facts: JsonObject } | AppError;
  /** The address of the command's package, or for its file. An error if the machine could not reach it. */
  readonly offer: (command: Command) => Offer | AppError;
  readonly later: (ms: number, run: () => void) => void;
  /** Calls back when all changes are on disk, or when the disk has rejected them. */
  readonly kept: (then: (isKept: boolean) => void) => void;
  readonly changed: (command: Command) => void;
}

/** The source of a command; empty: a user. */
export interface GivenBy {
  /** The line of the run that gives it. */
  readonly line?: number;
  /** The person at another site who gives it. */
  readonly from?: GivenFrom;
  /** Reasons against the command that the user accepted. */
  readonly accepted?: readonly AcceptableReason[];
}

export interface Offer {
  readonly dir: string;
  readonly type: string | null;
}
