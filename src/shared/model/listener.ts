/** State of one address of a listener. Ports are TCP ports. */
export type AddressState =
  | { readonly status: 'listening'; readonly host: string; readonly port: number; readonly since: number }
  /** The adapter with this address is gone; we listen again when it is back. */
  | { readonly status: 'waiting'; readonly host: string; readonly port: number; readonly since: number }
  | {
      readonly status: 'failed';
      readonly host: string;
      readonly port: number;
      readonly reason: 'inUse' | 'denied' | 'other';
      /** The process that holds the port, where the operating system tells. */
      readonly holder: { readonly pid: number; readonly name: string } | null;
      /** The next free port after a port in use. */
      readonly nextFree: number | null;
      /** The operating system's own code, such as EADDRINUSE. */
      readonly detail: string;
    };

/** State of one of our listeners (machines: TCP, updates: HTTP). The first address that listens stands for all, else the first. */
export type ListenerState =
  | { readonly status: 'off' }
  | (AddressState & {
      /** Further addresses, on the same port. */
      readonly others: readonly AddressState[];
    });

/** Of all its addresses. */
export const addressesOf = (state: ListenerState): readonly AddressState[] =>
  state.status === 'off' ? [] : [state, ...state.others];

/** Whether a listener on `host` accepts connections to `address` of this computer. */
const reaches = (host: string, address: string): boolean =>
  host === address || host === '::' || (host === '0.0.0.0' && !address.includes(':'));

/** Whether it accepts connections to that address of this computer. */
export const listensAt = (state: ListenerState, address: string): boolean =>
  addressesOf(state).some((one) => one.status === 'listening' && reaches(one.host, address));

/** Where a listener is to listen. `others`: at these addresses too. `avoid`: ports that another one of ours has, wants or offers, so that they are not offered too. */
export interface ListenAt {
  readonly host: string;
  readonly port: number;
  readonly others?: readonly string[];
  readonly avoid?: readonly number[];
}

/** One IPv4 or IPv6 address of this laptop. */
export interface Adapter {
  readonly name: string;
  readonly address: string;
  readonly family: 4 | 6;
  readonly loopback: boolean;
}

/** Every place for a connection was taken, and some gave way to newer ones or were refused. */
export interface Crowd {
  /** So many connections there may be at once. */
  readonly places: number;
  /** Who was turned away last (of IPv6 its network), and how many connections that address had which no person knows. */
  readonly address: string;
  readonly held: number;
  /** So many were turned away in this run. */
  readonly turnedAway: number;
  /** The last of them (ms). */
  readonly at: number;
}
