/**
 * Who holds which machine number: the newer connection wins, and too many swaps between two machines mean that they share it. A connection
 * that may not take the number claims none (contest.ts).
 */
import type { Finding } from '#shared/findings';
import type { Peer } from '#shared/model/frame';
import { silenceLimit, swapWindow } from '#shared/limits';

/** [ours] More than this many swaps within `swapWindow` ms is a finding. */
export const swapLimit = 3;

/** A connection says that it is a machine, and no longer the one it was before. */
export interface Claim {
  readonly conn: number;
  readonly vmcNo: number;
  readonly released: number | null;
  /** The number was a verified machine's, and this connection has proved nothing. */
  readonly isUnsigned: boolean;
  /** Nobody has the number, and it was used from this other address shortly before; `null`: it was not, or this connection has proved itself. */
  readonly movedFrom: string | null;
}

/** The connection that has a machine's number now. */
export interface Holder {
  readonly conn: number;
  readonly address: string;
  readonly isVerified: boolean;
  /** Something was heard on it within the time of a dead connection. */
  readonly isAlive: boolean;
}

export interface ClaimOutcome {
  /** The older connection. */
  readonly replaced: number | null;
  /** It is not to be closed: between a machine and its server it is theirs to say which of two connections ends. */
  readonly stays: boolean;
  /** Set where the older connection may be another machine's: both addresses. */
  readonly taken: {
    readonly address: string;
    readonly from: string;
    readonly isUnsigned: boolean;
  } | null;
  /** Set where nobody had the number, and it came from another address shortly before: both addresses. */
  readonly moved: { readonly address: string; readonly from: string } | null;
  /** Set when two machines evidently share the number: how many swaps in the window. */
  readonly shared: number | null;
}

/** What is known of a connection, times in ms. */
export interface Claimant {
  readonly peer: Pick<Peer, 'remoteAddress' | 'relay'>;
  readonly since: number;
  /** `-Infinity`: nothing came on it. */
  readonly lastHeard: number;
}

const nothing: ClaimOutcome = { replaced: null, stays: false, taken: null, moved: null, shared: null };

export class Claims {
  readonly #connection: (conn: number) => Claimant | undefined;
  readonly #holders = new Map<number, number>();
  readonly #swaps = new Map<number, readonly number[]>();
  /** Nothing could be heard before, or the clock was another. */
  #heardFrom = -Infinity;

  constructor(connection: (conn: number) => Claimant | undefined) {
    this.#connection = connection;
  }

  /** This computer has slept, or its clock was set: nobody was silent for that. */
  listensAgain(now: number): void {
    this.#heardFrom = now;
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
    const swaps = areTwo(older, newer) ? this.#swapped(vmcNo, now) : 0;
    const isTaken = isUnsigned || (from !== address && this.#isAlive(older, now));
    return {
      replaced: holder,
      stays: older.peer.relay?.is === 'relayed',
      taken: isTaken ? { address, from, isUnsigned } : null,
      moved: null,
      shared: swaps > swapLimit ? swaps : null,
    };
  }

  /** The connection ended or took another number. */
  release(vmcNo: number, conn: number): void {
    if (this.#holders.get(vmcNo) === conn) this.#holders.delete(vmcNo);
  }

  holder(vmcNo: number): number | undefined {
    return this.#holders.get(vmcNo);
  }

  /** The other connection that has the number. */
  rival(vmcNo: number, conn: number, now: number): Omit<Holder, 'isVerified'> | null {
    const holder = this.#holders.get(vmcNo);
    const known = holder === undefined || holder === conn ? undefined : this.#connection(holder);
    if (holder === undefined || known === undefined) return null;
    return { conn: holder, address: known.peer.remoteAddress, isAlive: this.#isAlive(known, now) };
  }

  #isAlive({ since, lastHeard }: Claimant, now: number): boolean {
    return now - Math.max(since, lastHeard, this.#heardFrom) <= silenceLimit;
  }

  /** How many swaps there were in the window, this one included. */
  #swapped(vmcNo: number, now: number): number {
    const swaps = [...(this.#swaps.get(vmcNo) ?? []), now].filter((at) => at > now - swapWindow);
    this.#swaps.delete(vmcNo);
    this.#swaps.set(vmcNo, swaps);
    // Oldest first: those beyond the window have nothing to say any more.
    for (const [number, times] of this.#swaps) {
      if ((times.at(-1) ?? 0) > now - swapWindow) break;
      this.#swaps.delete(number);
    }
    return swaps.length;
  }
}

/**
 * Whether the connections are those of two machines. One machine whose ends get lost has a new connection while the old one stands,
 * but it comes from the same address, and says nothing more on the old one.
 */
const areTwo = (older: Claimant, newer: Claimant): boolean =>
  older.peer.remoteAddress !== newer.peer.remoteAddress || older.lastHeard > newer.since;

/** What a claim's outcome says of the connection that claimed. */
export function claimFindings({ replaced, stays, taken, moved, shared }: ClaimOutcome): readonly Finding[] {
  const isSaid = replaced !== null && (taken !== null || !stays);
  return [
    ...(isSaid ? [takeover(replaced, taken)] : []),
    ...(moved === null ? [] : [{ code: 'number.moved', params: moved } as const]),
    ...(shared === null ? [] : [{ code: 'number.shared', params: { swaps: shared } } as const]),
  ];
}

function takeover(conn: number, taken: ClaimOutcome['taken']): Finding {
  if (taken === null) return { code: 'number.replaced', params: { conn } };
  const { address, from, isUnsigned } = taken;
  return { code: isUnsigned ? 'number.takenUnsigned' : 'number.taken', params: { conn, address, from } };
}
