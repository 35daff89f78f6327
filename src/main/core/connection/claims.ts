/**
 * The holders of machine numbers. The newer connection wins. Too many swaps between two machines mean that they share a number.
 * A connection that may not take the number does not claim it (contest.ts).
 */
import type { Finding } from '#shared/findings';
import type { Peer } from '#shared/model/frame';
import { silenceLimit, swapWindow } from '#shared/limits';

/** [ours] More than this many swaps within `swapWindow` ms is a finding. */
export const swapLimit = 3;

/** A connection identifies itself as a machine and gives up its previous number. */
export interface Claim {
  readonly conn: number;
  readonly vmcNo: number;
  readonly released: number | null;
  /** The number belonged to a verified machine, and this connection has no proof. */
  readonly isUnsigned: boolean;
  /**
   * The recent other address of a number that no connection holds.
   * `null`: no such address, or this connection has proved its identity.
   */
  readonly movedFrom: string | null;
}

/** The connection that currently holds a machine's number. */
export interface Holder {
  readonly conn: number;
  readonly address: string;
  readonly isVerified: boolean;
  /** The connection received data within the silence limit. */
  readonly isAlive: boolean;
}

export interface ClaimOutcome {
  /** The older connection. */
  readonly replaced: number | null;
  /** The older connection stays open: a machine and its server decide themselves which connection ends. */
  readonly stays: boolean;
  /** Set if the older connection may belong to another machine: both addresses. */
  readonly taken: {
    readonly address: string;
    readonly from: string;
    readonly isUnsigned: boolean;
  } | null;
  /** Set if no connection held the number and its address changed recently: both addresses. */
  readonly moved: { readonly address: string; readonly from: string } | null;
  /** Set if two machines apparently share the number: number of swaps in the window, and both addresses. */
  readonly shared: { readonly swaps: number; readonly address: string; readonly from: string } | null;
}

/** Facts about a connection, times in ms. */
export interface Claimant {
  readonly peer: Pick<Peer, 'remoteAddress' | 'relay'>;
  readonly since: number;
  /** `-Infinity`: nothing received. */
  readonly lastHeard: number;
}

const nothing: ClaimOutcome = { replaced: null, stays: false, taken: null, moved: null, shared: null };

export class Claims {
  readonly #connection: (conn: number) => Claimant | undefined;
  readonly #holders = new Map<number, number>();
  readonly #swaps = new Map<number, readonly number[]>();
  /** Silence before this time does not count: the computer slept, or its clock changed. */
  #listeningSince = -Infinity;

  constructor(connection: (conn: number) => Claimant | undefined) {
    this.#connection = connection;
  }

  /** Call after the computer slept or its clock was set: the silence before does not count. */
  listensAgain(now: number): void {
    this.#listeningSince = now;
  }

  claim({ conn, vmcNo, released, isUnsigned, movedFrom }: Claim, now: number): ClaimOutcome {
    if (released !== null) this.release(released, conn);
    const holder = this.#holders.get(vmcNo);
    if (holder === conn) return nothing;
    this.#holders.set(vmcNo, conn);
    const newer = this.#connection(conn);
    if (holder === undefined) {
      const isMoved = movedFrom !== null && newer !== undefined;
      return isMoved
        ? { ...nothing, moved: { address: newer.peer.remoteAddress, from: movedFrom } }
        : nothing;
    }
    const older = this.#connection(holder);
    if (older === undefined || newer === undefined) return { ...nothing, replaced: holder };
    const [from, address] = [older.peer.remoteAddress, newer.peer.remoteAddress];
    const swaps = areTwoMachines(older, newer) ? this.#swapped(vmcNo, now) : 0;
    const isTaken = isUnsigned || (from !== address && this.#isAlive(older, now));
    return {
      replaced: holder,
      stays: older.peer.relay?.is === 'relayed',
      taken: isTaken ? { address, from, isUnsigned } : null,
      moved: null,
      shared: swaps > swapLimit ? { swaps, address, from } : null,
    };
  }

  /** The connection ended or took another number. */
  release(vmcNo: number, conn: number): void {
    if (this.#holders.get(vmcNo) === conn) this.#holders.delete(vmcNo);
  }

  holder(vmcNo: number): number | undefined {
    return this.#holders.get(vmcNo);
  }

  /** The other connection that holds the number. */
  rival(vmcNo: number, conn: number, now: number): Omit<Holder, 'isVerified'> | null {
    const holder = this.#holders.get(vmcNo);
    const known = holder === undefined || holder === conn ? undefined : this.#connection(holder);
    if (holder === undefined || known === undefined) return null;
    return { conn: holder, address: known.peer.remoteAddress, isAlive: this.#isAlive(known, now) };
  }

  #isAlive({ since, lastHeard }: Claimant, now: number): boolean {
    return now - Math.max(since, lastHeard, this.#listeningSince) <= silenceLimit;
  }

  /** Number of swaps in the window, including this one. */
  #swapped(vmcNo: number, now: number): number {
    const swaps = [...(this.#swaps.get(vmcNo) ?? []), now].filter((at) => at > now - swapWindow);
    this.#swaps.delete(vmcNo);
    this.#swaps.set(vmcNo, swaps);
    // Oldest first. Swaps outside the window no longer count.
    for (const [number, times] of this.#swaps) {
      if ((times.at(-1) ?? 0) > now - swapWindow) break;
      this.#swaps.delete(number);
    }
    return swaps.length;
  }
}

/**
 * Whether the connections belong to two machines. A single machine that lost its connection opens a new one while the old one stays open.
 * The new connection has the same address, and the old one receives nothing more.
 */
const areTwoMachines = (older: Claimant, newer: Claimant): boolean =>
  older.peer.remoteAddress !== newer.peer.remoteAddress || older.lastHeard > newer.since;

/** The findings of a claim for the connection that made the claim. */
export function claimFindings({ replaced, stays, taken, moved, shared }: ClaimOutcome): readonly Finding[] {
  const isReported = replaced !== null && (taken !== null || !stays);
  return [
    ...(isReported ? [takeover(replaced, taken)] : []),
    ...(moved === null ? [] : [{ code: 'number.moved', params: moved } as const]),
    ...(shared === null ? [] : [{ code: 'number.shared', params: shared } as const]),
  ];
}

function takeover(conn: number, taken: ClaimOutcome['taken']): Finding {
  if (taken === null) return { code: 'number.replaced', params: { conn } };
  const { address, from, isUnsigned } = taken;
  return { code: isUnsigned ? 'number.takenUnsigned' : 'number.taken', params: { conn, address, from } };
}
