/**
 * Steps that several commands share, each with example parameters. Steps of a single command are in its row. The window has a text
 * for each, and tests fill the texts with these examples.
 */
import type { StepParams } from './given';

/** [ours] Limit of `times` for steps that any network client can cause. Each count is written to the journal. */
export const remarksCounted = 100;

export const sharedSteps = {
  /** The machine was not connected. */
  queued: {},
  /** `behind`: the command that goes first. */
  waitsFor: { behind: 'reboot' },
  /** android keeps one such command at a time, and may not have run the previous one. */
  waitsForSlot: { behind: 'setPrices' },
  /** After a login the machine sends the same report unprompted. */
  waitsAfterLogin: {},
  /** The machine on this connection has not proved its identity. */
  waitsForProof: {},
  /** A person allowed sending to an unverified machine. */
  sentAnyway: {},
  /** A person accepted a reason against the command. The parameters are those of the reason. */
  acceptedReason: { why: 'doorOpen' },
  /** A person changed the remaining waiting time, ms. */
  waitChanged: { wait: 3_600_000 },
  /** One per frame. */
  sent: {},
  /** Crema ended during sending. The command may have been sent and is not repeated. */
  sentPerhaps: {},
  /** The frame would exceed the head's limit. */
  refusedTooLong: { bytes: 12_000 },
  /** The connection ended during sending. */
  sendFailed: {},
  /** The connection ended between frames: `written` of `frames` were sent and may have been applied. */
  sentPartly: { written: 1, frames: 3 },
  /** A person stopped between frames. The rest is not sent. */
  stoppedPartly: { written: 1, frames: 3 },
  /** The machine's program lacks the command. */
  notOnPlatform: { platform: 'android' },
  /** `code`: error that prevented the package offer when the machine connected. */
  notOffered: { code: 'updatesOff' },
  /** Not possible when its turn came. The parameters are those of the reason. */
  notNow: { why: 'doorOpen' },
  /** linux answered the preceding question. */
  linkAlive: {},
  /** After a command that restarts the machine. */
  connectionClosed: { reason: 'machineClosed' },
  loggedIn: { version: '1.3' },
  /** The machine is back and did not restart. */
  cameBack: {},
  /** The machine restarted, possibly before the command. */
  startedSometime: { version: '1.3' },
  /** A connection from another address took over the number. Messages soon afterwards may be another machine's. */
  otherAddress: {},
  /** The next report, of success or failure, comes from an unverified connection. */
  provedUnverified: {},
  drinkMade: { productId: 801, orderNo: 'A1' },
  drinkFailed: { productId: 801, orderNo: 'A1', reason: 'ERROR:5300' },
  /** The requested amount is the new one. */
  amountSeen: { productId: 801, amount: 950 },
  /** The amount is as expected, but would be without this command too. */
  amountUnclear: { productId: 801, amount: 500 },
  /** The machine requested the same amount before the command. */
  amountSame: { productId: 801, amount: 900 },
  amountDiffers: { productId: 801, amount: 950, expected: 1_000 },
  /** Number of products that the list shows unchanged since before the command. */
  listedSame: { productId: 801, same: 2 },
  /** android's notice over HTTP: command accepted, action follows [field]. */
  accepted: {},
  /** The same for a command without any other report [field3]. */
  acceptedOnly: {},
  /** The same for a command that android reports after the action [field3]. */
  doneReported: {},
  /** A notice that did not count: `why` is the problem, `status` its claim. */
  noticeNotTrusted: {
    why: 'otherAddress',
    remoteAddress: '10.0.0.9',
    status: 'failed',
    reason: 'Z0024',
    times: 3,
  },
  /** Only earlier versions of Crema: a notice with a wrong sign counted. */
  noticeSignWrong: {},
  /** Only earlier versions of Crema: `acceptedOnly` counted as proof. */
  machineSaidDone: {},
  machineSaidFailed: { reason: '7' },
  /** The command was given again and the newer one replaced it. */
  replaced: {},
  /** No proof in time. `since`: time of the last message if the machine has left; absent: it was heard. */
  noProof: {},
  /** A person no longer waits for it. */
  stoppedWaiting: {},
  /** Proof arrived after giving up, this many ms later. */
  late: { waited: 180_000 },
  /** The machine did not connect in time. */
  notSent: {},
  /** The machine connected but did not prove its identity. */
  notVerified: {},
  /** Another command still went first. */
  notItsTurn: { behind: 'reboot' },
  /** The machine sends no proof. */
  cannotProve: {},
  cancelled: {},
  /** Crema ended before sending. */
  cremaClosed: {},
} as const satisfies Readonly<Record<string, StepParams>>;

export type SharedStep = keyof typeof sharedSteps;
