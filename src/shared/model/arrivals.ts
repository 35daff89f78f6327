/** Connections of this run as whoever wonders why no machine comes sees them, and what was tried for the same reason. */
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
  /** When something came last (ms); `null`: nothing has. */
  readonly lastHeard: number | null;
  /** Its first bytes in hex, `arrivalBytes` at most, until there was a frame; '': none came. */
  readonly first: string;
  readonly vmcNo: number | null;
  /** What became of it where the relay has it; `null`: Crema is its server. */
  readonly relay: RelayedAs | null;
  readonly loggedIn: boolean;
  /** Its last login gave it no number: what stood in the place of one, `null` for nothing at all. Else `null`. */
  readonly unnamed: { readonly value: string | null } | null;
  /** The answer to its last login; `null`: none yet. */
  readonly ret: number | null;
  /** The beginning of the last thing that it said; `null`: nothing that could be read. */
  readonly lastWords: string | null;
  readonly refused: Refused | null;
  readonly ended: { readonly at: number; readonly reason: CloseReason } | null;
}

/** Whether it is served, and if not why. */
export const serviceOfArrival = ({ unnamed, ...arrival }: Arrival): 'served' | NotServed =>
  serviceOf({ ...arrival, isNamed: unnamed === null });

/** Machines that came back together, ms. */
export interface Storm {
  readonly machines: number;
  readonly from: number;
  readonly to: number;
}

/** First bytes that are kept of a connection. */
export const arrivalBytes = 96;

/** virtual: of a program, such as a bridge or a virtual machine's. tunnel: a VPN or the like. unknown: the system does not tell. */
export type AdapterKind = 'ethernet' | 'wifi' | 'virtual' | 'tunnel' | 'unknown';

/** An adapter of this computer that is not loopback. */
export interface AdapterLink {
  readonly name: string;
  readonly kind: AdapterKind;
  /** unknown: this system does not tell; it lists adapters only while they have one. */
  readonly link: 'up' | 'down' | 'unknown';
  /** IPv4. */
  readonly addresses: readonly string[];
  /** Where this computer gives out addresses on it: the one that it has there itself. */
  readonly shared: string | null;
}

/** A connection from this computer to its own address. */
export interface SelfTest {
  readonly host: string;
  readonly port: number;
  /** Whether the server of this run took it. */
  readonly answered: boolean;
  /** The system's own code, or TIMEOUT; '': it was answered. */
  readonly detail: string;
}
