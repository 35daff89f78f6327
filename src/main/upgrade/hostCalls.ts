/** What the package host's thread may be asked, and what it tells. */
import type { ListenerState } from '#shared/model/listener';
import type { ControlNotice, Transfer } from '#shared/model/upgrade';
import type { Offer } from './address';
import type { HostedPackage } from './host';

export interface HostCalls {
  setPackages: { args: readonly HostedPackage[]; result: null };
  offer: { args: Offer; result: null };
  listen: { args: { readonly host: string; readonly port: number }; result: ListenerState };
  retry: { args: null; result: ListenerState };
}

export interface HostEvents {
  state: ListenerState;
  transfer: Transfer;
  notice: ControlNotice;
}
