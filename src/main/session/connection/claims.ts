/** Who holds which machine number: the newer connection wins, and too many swaps between two machines mean that they share it. */
import type { Finding } from '#shared/findings';
import { swapWindow } from '#shared/limits';

/** [ours] More than this many swaps within `swapWindow` ms is a finding. */
export const swapLimit = 3;

/** A connection says that it is a machine, and no longer the one it was before. */
export interface Claim {
  readonly conn: number;
  readonly vmcNo: number;
  readonly released: number | null;
}

export interface ClaimOutcome {
  /** The older connection, to be closed. */
  readonly replaced: number | null;
  /** Set when two machines evidently share the number: how many swaps in the window. */
  readonly shared: number | null;
}

/** What is known of a connection, times in ms. */
export interface Claimant {
  readonly peer: { readonly remoteAddress: string };
  readonly since: number;
  /** `-Infinity`: nothing came on it. */
  readonly lastHeard: number;
}

export class Claims {
  readonly #connection: (conn: number) => Claimant | undefined;
  readonly #holders = new Map<number, number>();
  readonly #swaps = new Map<number, readonly number[]>();

  constructor(connection: (conn: number) => Claimant | undefined) {
    this.#connection = connection;
  }

  claim({ conn, vmcNo, released }: Claim, now: number): ClaimOutcome {
    if (released !== null) this.release(released, conn);
    const holder = this.#holders.get(vmcNo);
    if (holder === conn) return { replaced: null, shared: null };
    this.#holders.set(vmcNo, conn);
    if (holder === undefined) return { replaced: null, shared: null };
    const isOther = this.#areTwo(holder, conn);
    const swaps = isOther ? this.#swapped(vmcNo, now) : 0;
    return { replaced: holder, shared: swaps > swapLimit ? swaps : null };
  }

  /** The connection ended or took another number. */
  release(vmcNo: number, conn: number): void {
    if (this.#holders.get(vmcNo) === conn) this.#holders.delete(vmcNo);
  }

  holder(vmcNo: number): number | undefined {
    return this.#holders.get(vmcNo);
  }

  /**
   * Whether the connections are those of two machines. One machine whose ends get lost has a new connection while the old one stands,
   * but it comes from the same address, and says nothing more on the old one.
   */
  #areTwo(older: number, newer: number): boolean {
    const [one, other] = [this.#connection(older), this.#connection(newer)];
    if (one === undefined || other === undefined) return false;
    return one.peer.remoteAddress !== other.peer.remoteAddress || one.lastHeard > other.since;
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

/** What a claim's outcome says of the connection that claimed. */
export function claimFindings({ replaced, shared }: ClaimOutcome): readonly Finding[] {
  return [
    ...(replaced === null ? [] : [{ code: 'number.replaced', params: { conn: replaced } } as const]),
    ...(shared === null ? [] : [{ code: 'number.shared', params: { swaps: shared } } as const]),
  ];
}
