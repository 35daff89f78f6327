/** Calls and events of the package host thread: with main, and with the machines thread. */
import type { MessagePort } from 'node:worker_threads';
import type { Crowd, ListenAt, ListenerState } from '#shared/model/listener';
import type { ExpectedFile, MovedMachine, Upload } from '#shared/model/fetched';
import type { ControlNotice, Rates, Transfer, Visit } from '#shared/model/upgrade';
import type { FileCheck } from '../library/spoiltFiles';
import type { Offer } from './address';
import type { TestAnswer } from './downloadTest';
import type { HostedPackage } from './host';

/** Purposes of the ports of this thread: downloads, and android's reports. */
export const hostedHere = ['updates', 'notices'] as const;
export type Hosted = (typeof hostedHere)[number];

export interface HostCalls {
  setPackages: { args: readonly HostedPackage[]; result: null };
  setRates: { args: Rates; result: null };
  /** Announces a test download of our own. */
  test: { args: TestAnswer; result: null };
  clearVisits: { args: null; result: null };
  offer: { args: Offer; result: null };
  expect: { args: ExpectedFile; result: null };
  /** A port to the machines thread for offers and transfers (`OfferCalls`). It replaces an earlier one. */
  connect: { args: MessagePort; result: null };
  /** Transfers cut off when the previous thread died. They are forwarded to the machines thread. */
  cutOff: { args: readonly Transfer[]; result: null };
  listen: { args: ListenAt & { readonly which: Hosted }; result: ListenerState };
  retry: { args: { readonly which: Hosted; readonly avoid: readonly number[] }; result: ListenerState };
  off: { args: { readonly which: Hosted }; result: ListenerState };
}

export interface HostEvents {
  state: { readonly which: Hosted; readonly state: ListenerState };
  transfer: Transfer;
  /** The file of a package was checked. */
  looked: FileCheck;
  /** At most once a second. */
  crowded: Crowd;
  /** All stored visits, newest first; at most once a second. */
  visits: readonly Visit[];
  /** The machines thread made an offer. */
  offered: Offer;
  /** The machines thread expects a file. */
  expected: ExpectedFile;
  moved: MovedMachine;
  upload: Upload;
}

/**
 * Calls between the machines thread and the package host. They bypass the main
 * thread, so that an offer arrives before the machine's request.
 */
export interface OfferCalls {
  offer: { args: Offer; result: undefined };
  expect: { args: ExpectedFile; result: undefined };
  moved: { args: MovedMachine; result: undefined };
}

export interface OfferEvents {
  transfer: Transfer;
  notice: ControlNotice;
  upload: Upload;
}
