/** State of one address of a listener. Ports are TCP ports. */
export type AddressState =
  | { readonly status: 'listening'; readonly host: string; readonly port: number; readonly since: number }
  /** The adapter with this address is gone. Listening resumes when it returns. */
  | { readonly status: 'waiting'; readonly host: string; readonly port: number; readonly since: number }
  | {
      readonly status: 'failed';
      readonly host: string;
      readonly port: number;
      readonly reason: 'inUse' | 'denied' | 'other';
      /** The process that holds the port, if the operating system reports it. */
      readonly holder: { readonly pid: number; readonly name: string } | null;
      /** The next free port after a port in use. */
      readonly nextFree: number | null;
      /** The operating system's error code, such as EADDRINUSE. */
      readonly detail: string;
    };

/** State of one of Crema's listeners (machines: TCP, updates: HTTP). Represented by its first listening address, or else its first. */
export type ListenerState =
  | { readonly status: 'off' }
  | (AddressState & {
      /** Further addresses, on the same port. */
      readonly others: readonly AddressState[];
    });

/** All addresses of the listener. */
export const addressesOf = (state: ListenerState): readonly AddressState[] =>
  state.status === 'off' ? [] : [state, ...state.others];

/** Whether only this computer can reach the address. */
export const isLoopback = (host: string): boolean => host === '::1' || host.startsWith('127.');

/** Whether a listener on `host` accepts connections to `address` of this computer. */
const reaches = (host: string, address: string): boolean =>
  host === address || host === '::' || (host === '0.0.0.0' && !address.includes(':'));

/** Whether the listener accepts connections to that address of this computer. */
export const listensAt = (state: ListenerState, address: string): boolean =>
  addressesOf(state).some((one) => one.status === 'listening' && reaches(one.host, address));

/**
 * Addresses of a listener. `others`: additional addresses. `avoid`: ports used, wanted or offered by Crema's other listeners,
 * which must not be offered again.
 */
export interface ListenAt {
  readonly host: string;
  readonly port: number;
  readonly others?: readonly string[];
  readonly avoid?: readonly number[];
}

/** One IPv4 or IPv6 address of this computer. */
export interface Adapter {
  readonly name: string;
  readonly address: string;
  readonly family: 4 | 6;
  readonly loopback: boolean;
}

/** All places for connections were taken, and some connections were evicted or refused. */
export interface Crowd {
  /** Limit of simultaneous connections. */
  readonly places: number;
  /** Address of the last rejected connection (of IPv6 its network), and its number of connections from unknown machines. */
  readonly address: string;
  readonly held: number;
  /** Number of rejected connections in this launch. */
  readonly turnedAway: number;
  /** Time of the last one (ms). */
  readonly at: number;
}

/** A remote address in one spelling, for comparisons: a dual-stack listener reports IPv4 addresses as `::ffff:…`. */
export function plainAddress(address = ''): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, '');
}
