/** What the package host's thread may be asked, and what it tells. */
import type { MessagePort } from 'node:worker_threads';
import type { ListenerState } from '#shared/model/listener';
import type { Transfer } from '#shared/model/upgrade';
import type { Offer } from './address';
import type { HostedPackage } from './host';

export interface HostCalls {
  setPackages: { args: readonly HostedPackage[]; result: null };
  offer: { args: Offer; result: null };
  /** A port on which the machine server offers packages and hears of transfers (offerCalls.ts). The last one counts. */
  connect: { args: MessagePort; result: null };
  /** Transfers that ended with the thread before this one: the machine server hears of them too. */
  cutOff: { args: readonly Transfer[]; result: null };
  listen: { args: { readonly host: string; readonly port: number }; result: ListenerState };
  retry: { args: null; result: ListenerState };
}

export interface HostEvents {
  state: ListenerState;
  transfer: Transfer;
  /** The machine server has offered this. */
  offered: Offer;
}
