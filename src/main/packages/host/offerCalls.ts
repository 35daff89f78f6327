/**
 * Calls between the machines thread and the package host. They bypass the main
 * thread, so that an offer arrives before the machine's request.
 */
import type { ExpectedFile, MovedMachine, Upload } from '#shared/model/fetched';
import type { ControlNotice, Transfer } from '#shared/model/upgrade';
import type { Offer } from './address';

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
