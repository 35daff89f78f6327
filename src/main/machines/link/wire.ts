/** Interfaces between a connection, its sockets, and the carrier of its core's effects. */
import type { Finding } from '#shared/findings';
import type { SocketEnd } from '#shared/model/closeReasons';
import type { Entry, NewEntry } from '#shared/model/frame';
import type { Claim, ClaimOutcome } from '../../core/connection/claims';
import type { ConnectionCore } from '../../core/connection/core';
import type { Effect, HeldFrame } from '../../core/connection/effects';
import type { LegName } from '../../core/connection/policy';
import type { Alarms, Sleeper } from './alarms';
import type { Early } from '../relay/relayGate';
import type { Turns, Waiting } from './turns';
import type { Undecoded } from './undecoded';
import type { NotReading, Unsent } from './unsent';

/** Steps of one connection's core per turn: more frames than a machine sends at once, except stored orders. */
export const stepsPerTurn = 8;

/** Objects shared by all connections. */
export interface Shares {
  readonly now: () => number;
  readonly alarms: Alarms;
  readonly turns: Turns;
  readonly unsent: Unsent;
  readonly undecoded: Undecoded;
}

/** `C`: a connection. */
export interface ConnectionDeps<C> extends Shares {
  /** Numbers an entry and records it. */
  readonly keep: (entry: NewEntry) => Entry;
  /** Folds recorded entries into the state of machines. */
  readonly fold: () => void;
  readonly claim: (claim: Claim) => ClaimOutcome;
  /** Records a finding about another connection, if it is open. */
  readonly remark: (conn: number, finding: Finding) => void;
  readonly ended: (connection: C) => void;
  /** A frame waits for the user. */
  readonly held: (connection: C, held: HeldFrame) => void;
  /** A bug. */
  readonly problem: (detail: string) => void;
}

/** The carrier of a connection, as its sockets see it. */
export interface Carried extends Sleeper, Waiting, NotReading {
  /** Passes input to the core and gives it a turn. */
  readonly handIn: (what: (now: number) => void) => void;
  readonly carryOut: (effects: readonly Effect[]) => unknown;
  /** Its sockets are closed, this leg's first. */
  readonly gone: (leg: LegName, how: SocketEnd) => void;
}

/** Parameters of a connection's sockets. */
export interface Wiring {
  readonly core: ConnectionCore;
  readonly shares: Shares;
  /** Called with data from the machine. */
  readonly cameFirst: (chunk: Uint8Array) => void;
}

/** The socket of a connection, or both sockets of a relayed one. */
export interface Wire {
  readonly isRelayed: boolean;
  /** Data that arrived before the connection existed. */
  readonly begin: (early: Early) => void;
  /**
   * Writes to this leg. Returns the unaccepted bytes that should pause reading; `null`:
   * nothing can be written to this leg any more. `isOurs`: not relayed data.
   */
  readonly write: (leg: LegName, bytes: Uint8Array, isOurs: boolean) => number | null;
  /** Pauses or resumes reading. */
  readonly hold: (isHeld: boolean) => void;
  /** True if a frame of ours would not split a frame that is being relayed to the same leg. */
  readonly isBetweenFrames: (leg: LegName) => boolean;
  /** The core has a turn. Updates it about the sockets and returns the number of steps it may take. */
  readonly beginTurn: () => number;
  /** Reads more, or waits for the next turn. */
  readonly endTurn: () => void;
  /** Nothing more is read. */
  readonly endReading: () => void;
  /** `inOrder`: written data is still sent. */
  readonly end: (inOrder: boolean) => void;
  readonly destroy: () => void;
}

export type Wired = (carried: Carried) => Wire;
