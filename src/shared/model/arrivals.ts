/** Connections of this launch for the question why no machine connects, and the tests made for the same reason. */
import type { CloseReason } from './closeReasons';
import type { RelayedAs } from './relay';
import { serviceOf, type NotServed, type Refused } from './served';

export interface Arrival {
  readonly conn: number;
  /** Of the other end. */
  readonly address: string;
  readonly port: number;
  readonly since: number;
  readonly bytes: number;
  readonly frames: number;
  /** Time of the last received data (ms); `null`: none. */
  readonly lastHeard: number | null;
  /** The first bytes in hex, at most `arrivalBytes`, until the first frame; '': none. */
  readonly first: string;
  readonly vmcNo: number | null;
  /** Relay state of the connection; `null`: Crema is its server. */
  readonly relay: RelayedAs | null;
  readonly loggedIn: boolean;
  /** The last login had no valid number: its value, or `null` if it was absent. Otherwise `null`. */
  readonly unnamed: { readonly value: string | null } | null;
  /** The answer to the last login; `null`: none yet. */
  readonly ret: number | null;
  /** The beginning of the last message; `null`: nothing readable. */
  readonly lastWords: string | null;
  readonly refused: Refused | null;
  readonly ended: { readonly at: number; readonly reason: CloseReason } | null;
}

/** Whether the connection is served, or the reason why not. */
export const serviceOfArrival = ({ unnamed, ...arrival }: Arrival): 'served' | NotServed =>
  serviceOf({ ...arrival, isNamed: unnamed === null });

/** Machines that returned together, ms. */
export interface Storm {
  readonly machines: number;
  readonly from: number;
  readonly to: number;
}

/** Limit of first bytes kept per connection. */
export const arrivalBytes = 96;

/** virtual: of a program, such as a bridge or a virtual machine's. tunnel: a VPN or similar. unknown: the system does not report it. */
export type AdapterKind = 'ethernet' | 'wifi' | 'virtual' | 'tunnel' | 'unknown';

/** A network adapter of this computer, except loopback. */
export interface AdapterLink {
  readonly name: string;
  readonly kind: AdapterKind;
  /** unknown: not reported by this system, which lists adapters only while they have a link. */
  readonly link: 'up' | 'down' | 'unknown';
  /** IPv4. */
  readonly addresses: readonly string[];
  /** This computer's address on the adapter if it assigns addresses to others there. */
  readonly shared: string | null;
}

/** A connection from this computer to its own address. */
export interface SelfTest {
  readonly host: string;
  readonly port: number;
  /** Whether this launch's server accepted it. */
  readonly answered: boolean;
  /** The system's error code, or TIMEOUT; '': success. */
  readonly detail: string;
}
