/** Between the machine server and the package host, without the main thread: an offer is known before a machine can ask for it. */
import type { ControlNotice, Transfer } from '#shared/model/upgrade';
import type { Offer } from './address';

export interface OfferCalls {
  offer: { args: Offer; result: undefined };
}

export interface OfferEvents {
  transfer: Transfer;
  notice: ControlNotice;
}
