/** Calls to the package host's thread and its events. */
import type { MessagePort } from 'node:worker_threads';
import type { Crowd, ListenAt, ListenerState } from '#shared/model/listener';
import type { ExpectedFile, MovedMachine, Upload } from '#shared/model/fetched';
import type { Rates, Transfer } from '#shared/model/upgrade';
import type { Visit } from '#shared/model/visits';
import type { Offer } from './address';
import type { TestAnswer } from './downloadTest';
import type { HostedPackage } from './host';
import type { FileLook } from '../library/spoiltFiles';

/** What this thread listens for: machines that fetch, and android's reports. */
export const hostedHere = ['updates', 'notices'] as const;
export type Hosted = (typeof hostedHere)[number];

export interface HostCalls {
  setPackages: { args: readonly HostedPackage[]; result: null };
  setRates: { args: Rates; result: null };
  /** A fetch of our own that is about to come. */
  test: { args: TestAnswer; result: null };
  clearVisits: { args: null; result: null };
  offer: { args: Offer; result: null };
  expect: { args: ExpectedFile; result: null };
  /** A port to the machine server for offers and transfers (offerCalls.ts). It replaces an earlier one. */
  connect: { args: MessagePort; result: null };
  /** Transfers that ended when the previous thread died; they are forwarded to the machine server. */
  cutOff: { args: readonly Transfer[]; result: null };
  listen: { args: ListenAt & { readonly which: Hosted }; result: ListenerState };
  retry: { args: { readonly which: Hosted; readonly avoid: readonly number[] }; result: ListenerState };
  off: { args: { readonly which: Hosted }; result: ListenerState };
}

export interface HostEvents {
  state: { readonly which: Hosted; readonly state: ListenerState };
  transfer: Transfer;
  /** The file of a package was looked at. */
  looked: FileLook;
  /** At most once a second. */
  crowded: Crowd;
  /** All that are kept, newest first; at most once a second. */
  visits: readonly Visit[];
  /** The machine server made an offer. */
  offered: Offer;
  /** … and expects a file. */
  expected: ExpectedFile;
  moved: MovedMachine;
  upload: Upload;
}
