/**
 * Steps that more than one command can take, each with an example of its parameters. Steps of one command alone are in its
 * row. The window has the words for each; tests fill them with these examples.
 */
import type { StepParams } from './given';

/** [ours] A step that anybody in the network can cause (`times`) counts no further: each count is written to the journal. */
export const remarksCounted = 100;

export const sharedSteps = {
  /** The machine was not connected. */
  queued: {},
  /** `behind`: the one that goes first. */
  waitsFor: { behind: 'reboot' },
  /** android keeps one such command at a time, and the one that was sent last may not have run. */
  waitsForSlot: { behind: 'setPrices' },
  /** The machine reports the same by itself after a login. */
  waitsAfterLogin: {},
  /** The machine on its connection has not proved which one it is. */
  waitsForProof: {},
  /** A person lets it go to such a machine. */
  sentAnyway: {},
  /** A person said how much longer it may wait to be sent, ms. */
  waitChanged: { wait: 3_600_000 },
  /** One per frame. */
  sent: {},
  /** Crema was killed as it was to be sent: it may have been, and is not sent again. */
  sentPerhaps: {},
  /** The frame would be over the head's limit. */
  refusedTooLong: { bytes: 12_000 },
  /** The connection ended in the middle. */
  sendFailed: {},
  /** The same of one in several frames: of so many, so many were sent, and may have been taken. */
  sentPartly: { written: 1, frames: 3 },
  /** A person stopped in the middle: the rest is not sent. */
  stoppedPartly: { written: 1, frames: 3 },
  /** Its program turned out to have no such command. */
  notOnPlatform: { platform: 'android' },
  /** `code`: of the error that kept its package from being offered when the machine came. */
  notOffered: { code: 'updatesOff' },
  /** Not possible when its turn came; the params are the reason's. */
  notNow: { why: 'doorOpen' },
  /** linux answered the question that was sent first. */
  linkAlive: {},
  /** After a command that restarts the machine. */
  connectionClosed: { reason: 'machineClosed' },
  loggedIn: { version: '1.3' },
  /** It is there again, and did not restart. */
  cameBack: {},
  /** It has restarted, and nothing shows that it was after the command. */
  startedSometime: { version: '1.3' },
  /** A connection from another address took the number from its standing one: what is said soon after may be another machine's. */
  otherAddress: {},
  /** The report that follows, of success or failure, comes from a connection that has not proved which machine it is. */
  provedUnverified: {},
  drinkMade: { productId: 801, orderNo: 'A1' },
  drinkFailed: { productId: 801, orderNo: 'A1', reason: 'ERROR:5300' },
  /** The amount asked for is the new one. */
  amountSeen: { productId: 801, amount: 950 },
  /** It is what it should be, and would be as well without this command. */
  amountUnclear: { productId: 801, amount: 500 },
  /** The machine asked the same before the command. */
  amountSame: { productId: 801, amount: 900 },
  amountDiffers: { productId: 801, amount: 950, expected: 1_000 },
  /** The list shows so many products as the machine had them before the command. */
  listedSame: { productId: 801, same: 2 },
  /** android's notice over HTTP: it took the command, and acts now [field]. */
  accepted: {},
  /** The same of a command of which nothing else is reported [field3]. */
  acceptedOnly: {},
  /** The same of a command that it reports after it has acted [field3]. */
  doneReported: {},
  /** A notice that did not count: `why` says what is wrong with it, `status` what it claims. */
  noticeNotTrusted: {
    why: 'otherAddress',
    remoteAddress: '10.0.0.9',
    status: 'failed',
    reason: 'Z0024',
    times: 3,
  },
  /** Earlier versions of Crema took a notice with a wrong sign all the same. */
  noticeSignWrong: {},
  /** Earlier versions of Crema took `acceptedOnly` for a proof. */
  machineSaidDone: {},
  machineSaidFailed: { reason: '7' },
  /** Given again; the newer one took its place. */
  replaced: {},
  /** Nothing that proves it came in time. `since`: when the machine was heard last, where it has gone; left out: it was heard. */
  noProof: {},
  /** A person no longer waits for it. */
  stoppedWaiting: {},
  /** Its proof came after it was given up, after so many ms. */
  late: { waited: 180_000 },
  /** The machine did not connect in time. */
  notSent: {},
  /** It connected, and did not prove which one it is. */
  notVerified: {},
  /** Another still went first. */
  notItsTurn: { behind: 'reboot' },
  /** This machine sends nothing that would prove it. */
  cannotProve: {},
  cancelled: {},
  /** Crema ended before it could be sent. */
  cremaClosed: {},
} as const satisfies Readonly<Record<string, StepParams>>;

export type SharedStep = keyof typeof sharedSteps;
