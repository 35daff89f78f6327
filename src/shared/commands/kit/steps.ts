/**
 * Steps that more than one command can take, each with an example of its parameters. Steps of one command alone are in its
 * row. The window has the words for each; tests fill them with these examples.
 */
import type { StepParams } from './given';

export const sharedSteps = {
  /** The machine was not connected. */
  queued: {},
  /** One per frame. */
  sent: {},
  /** The frame would be over the head's limit. */
  refusedTooLong: { bytes: 12_000 },
  /** The connection ended in the middle. */
  sendFailed: {},
  /** Its program turned out to have no such command. */
  notOnPlatform: { platform: 'android' },
  /** `code`: of the error that kept its package from being offered when the machine came. */
  notOffered: { code: 'updatesOff' },
  /** After a command that restarts the machine. */
  connectionClosed: { reason: 'machineClosed' },
  loggedIn: { version: '1.3' },
  drinkMade: { productId: 801, orderNo: 'A1' },
  drinkFailed: { productId: 801, orderNo: 'A1', reason: 'ERROR:5300' },
  /** The amount asked for is the new one. */
  amountSeen: { productId: 801, amount: 950 },
  amountDiffers: { productId: 801, amount: 950, expected: 1_000 },
  /** android's notice over HTTP. */
  machineSaidDone: {},
  machineSaidFailed: { reason: '7' },
  /** Given again; the newer one took its place. */
  replaced: {},
  /** Nothing that proves it came in time. */
  noProof: {},
  /** The machine did not connect in time. */
  notSent: {},
  /** This machine sends nothing that would prove it. */
  cannotProve: {},
  cancelled: {},
  /** Crema ended before it could be sent. */
  cremaClosed: {},
} as const satisfies Readonly<Record<string, StepParams>>;

export type SharedStep = keyof typeof sharedSteps;
