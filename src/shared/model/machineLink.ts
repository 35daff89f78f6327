/** The present or last connection of one machine. */
import type { CloseReason, Peer } from './frame';
import type { RelayedAs } from './relay';

export type MachineLink =
  | { readonly status: 'online'; readonly conn: number; readonly peer: Peer; readonly since: number }
  | {
      readonly status: 'offline';
      readonly since: number;
      readonly reason: CloseReason;
      /** Address of the last connection; `null`: recorded by an earlier version without it. */
      readonly address: string | null;
      /** Relay state of the last connection; absent: served by Crema, or recorded by an earlier version. */
      readonly relay?: RelayedAs;
    };

/** The remote address of the present or last connection. */
export const peerAddressOf = (link: MachineLink): string | null =>
  link.status === 'online' ? link.peer.remoteAddress : link.address;

/** Relay state of the present or last connection; `null`: served by Crema. */
export const relayedAsOf = (link: MachineLink): RelayedAs | null =>
  (link.status === 'online' ? link.peer.relay?.is : link.relay) ?? null;

/** The link after its connection has ended. */
export function linkGone(link: MachineLink, since: number, reason: CloseReason): MachineLink {
  const relay = relayedAsOf(link);
  const address = peerAddressOf(link);
  return { status: 'offline', since, reason, address, ...(relay !== null && { relay }) };
}
