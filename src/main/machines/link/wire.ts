/** What a connection, its sockets and whoever carries out what its core says know of each other. */
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

/** Steps of one connection's core in a turn: more frames than a machine sends at once, but for orders it has stored. */
export const stepsPerTurn = 8;

/** What all connections share among themselves. */
export interface Shares {
  readonly now: () => number;
  readonly alarms: Alarms;
  readonly turns: Turns;
  readonly unsent: Unsent;
  readonly undecoded: Undecoded;
}

/** `C`: a connection. */
export interface ConnectionDeps<C> extends Shares {
  /** Numbers an entry and makes sure of it. */
  readonly keep: (entry: NewEntry) => Entry;
  /** Folds what was kept into the state of machines. */
  readonly fold: () => void;
  readonly claim: (claim: Claim) => ClaimOutcome;
  /** Remarks something about another connection, if it stands. */
  readonly remark: (conn: number, finding: Finding) => void;
  readonly ended: (connection: C) => void;
  /** A frame waits for a person. */
  readonly held: (connection: C, held: HeldFrame) => void;
  /** A bug of ours. */
  readonly problem: (detail: string) => void;
}

/** Whoever carries for a connection, as its sockets know it. */
export interface Carried extends Sleeper, Waiting, NotReading {
  /** Tells the core something, and lets it have a turn. */
  readonly handIn: (what: (now: number) => void) => void;
  readonly carryOut: (effects: readonly Effect[]) => unknown;
  /** Its sockets are gone, this leg's first. */
  readonly gone: (leg: LegName, how: SocketEnd) => void;
}

/** What the sockets of a connection are given. */
export interface Wiring {
  readonly core: ConnectionCore;
  readonly shares: Shares;
  /** This came from the machine. */
  readonly cameFirst: (chunk: Uint8Array) => void;
}

/** The socket of a connection, or the two of one that is relayed. */
export interface Wire {
  readonly isRelayed: boolean;
  /** What came before there was a connection. */
  readonly begin: (early: Early) => void;
  /**
   * Out by this leg. Gives the bytes that wait because its other end does not take them, and for which nothing may be read; `null`: nothing
   * goes out by it any more. `isOurs`: not passed on.
   */
  readonly write: (leg: LegName, bytes: Uint8Array, isOurs: boolean) => number | null;
  /** Reads no more, or reads on. */
  readonly hold: (isHeld: boolean) => void;
  /** A frame of ours would not fall into one that is being passed on to the same leg. */
  readonly isBetweenFrames: (leg: LegName) => boolean;
  /** The core has a turn: tells it what it must know of the sockets, and gives how many steps it may take. */
  readonly beginTurn: () => number;
  /** Reads more, or waits for the next turn. */
  readonly endTurn: () => void;
  /** Nothing more is read. */
  readonly endReading: () => void;
  /** `inOrder`: what was written before still goes out. */
  readonly end: (inOrder: boolean) => void;
  readonly destroy: () => void;
}

export type Wired = (carried: Carried) => Wire;
