/** The received data of all legs in order of arrival. Each leg keeps its own part, with arrival numbers. */
import type { Item } from './intake';
import type { Leg } from './leg';

/** One frame, some junk or a remark, with its leg. */
export interface Found {
  readonly leg: Leg;
  readonly one: Item;
}

/** Decodes the oldest data in bounded time. The items get this arrival number. False: all data was decoded. */
export function decodeSome(legs: readonly Leg[], number: number): boolean {
  let oldest: Leg | null = null;
  for (const leg of legs) if (leg.undecodedFrom < (oldest?.undecodedFrom ?? Infinity)) oldest = leg;
  oldest?.decodeSome(number);
  return oldest !== null;
}

/** The next item. Decodes at most one step; `null` if that step yields no item. */
export function nextFound(legs: readonly Leg[], number: number): Found | null {
  if (oldestDecoded(legs) === null) decodeSome(legs, number);
  return nextDecoded(legs);
}

/** The next decoded item; `null`: none waits. */
export function nextDecoded(legs: readonly Leg[]): Found | null {
  for (let leg = oldestDecoded(legs); leg !== null; leg = oldestDecoded(legs)) {
    const one = leg.takeItem();
    if (one !== null) return { leg, one };
  }
  return null;
}

function oldestDecoded(legs: readonly Leg[]): Leg | null {
  let oldest: Leg | null = null;
  for (const leg of legs) if (leg.decodedFrom < (oldest?.decodedFrom ?? Infinity)) oldest = leg;
  return oldest;
}
