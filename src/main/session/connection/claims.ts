/** Who holds which machine number: the newer connection wins, and too many swaps mean that two machines share a number. */
import type { Finding } from '#shared/findings';

/** [ours] More than this many swaps within `swapWindow` ms is a finding. */
export const swapLimit = 3;
export const swapWindow = 120_000;

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

export class Claims {
  readonly #holders = new Map<number, number>();
  readonly #swaps = new Map<number, readonly number[]>();

  claim({ conn, vmcNo, released }: Claim, now: number): ClaimOutcome {
    if (released !== null) this.release(released, conn);
    const holder = this.#holders.get(vmcNo);
    if (holder === conn) return { replaced: null, shared: null };
    this.#holders.set(vmcNo, conn);
    if (holder === undefined) return { replaced: null, shared: null };
    const swaps = [...(this.#swaps.get(vmcNo) ?? []), now].filter((at) => at > now - swapWindow);
    this.#swaps.delete(vmcNo);
    this.#swaps.set(vmcNo, swaps);
    // Oldest first: those beyond the window have nothing to say any more.
    for (const [number, times] of this.#swaps) {
      if ((times.at(-1) ?? 0) > now - swapWindow) break;
      this.#swaps.delete(number);
    }
    return { replaced: holder, shared: swaps.length > swapLimit ? swaps.length : null };
  }

  /** The connection ended or took another number. */
  release(vmcNo: number, conn: number): void {
    if (this.#holders.get(vmcNo) === conn) this.#holders.delete(vmcNo);
  }

  holder(vmcNo: number): number | undefined {
    return this.#holders.get(vmcNo);
  }
}

/** What a claim's outcome says of the connection that claimed. */
export function claimFindings({ replaced, shared }: ClaimOutcome): readonly Finding[] {
  return [
    ...(replaced === null ? [] : [{ code: 'number.replaced', params: { conn: replaced } } as const]),
    ...(shared === null ? [] : [{ code: 'number.shared', params: { swaps: shared } } as const]),
  ];
}
