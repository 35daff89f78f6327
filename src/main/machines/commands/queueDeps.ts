/** What the command queue is given: the clock, the sockets, what is known of machines and packages, and the disk. */
import type { Circumstances } from '#shared/commands/kit/possible';
import type { AppError } from '#shared/contract/errors';
import type { Finding } from '#shared/findings';
import type { Command } from '#shared/model/command';
import type { Entry, JsonObject } from '#shared/model/frame';
import type { WireMessage } from '#shared/model/message';
import type { Verification } from '#shared/model/verified';

export interface CommandQueueDeps {
  readonly now: () => number;
  /** Nobody can guess the next one, and none comes twice. */
  readonly newSessionId: () => string;
  readonly isOnline: (vmcNo: number) => boolean;
  /** Whether the machine on its connection has proved which one it is. Left out: no code is stored. */
  readonly verification?: (vmcNo: number) => Verification;
  /** What is known when a command is given. */
  readonly circumstances: (vmcNo: number) => Circumstances;
  /** Writes one message; `null`: the connection has ended. The entry is the frame, or the finding that says why it was not sent. */
  readonly send: (vmcNo: number, message: WireMessage) => Entry | null;
  /** Remarks something about its connection; `null`: it has none. */
  readonly remark: (vmcNo: number, finding: Finding) => Entry | null;
  /** What a command that needs a package remembers of it. */
  readonly packageFacts: (vmcNo: number, input: JsonObject) => { readonly facts: JsonObject } | AppError;
  /** Where the machine fetches the command's package, or sends its file; refused when it could not reach it. */
  readonly offer: (command: Command) => Offer | AppError;
  readonly later: (ms: number, run: () => void) => void;
  /** Calls back when all that has changed is on disk, or was refused by it. */
  readonly kept: (then: (isKept: boolean) => void) => void;
  readonly changed: (command: Command) => void;
}

/** Who gives a command; empty: a person. */
export interface GivenBy {
  /** Of the run that gives it. */
  readonly line?: number;
  /** A person was asked about a machine that has not proved which one it is. */
  readonly asked?: boolean;
}

export interface Offer {
  readonly dir: string;
  readonly type: string | null;
}
