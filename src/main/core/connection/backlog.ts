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
  const leg = oldest(legs, 'undecodedFrom');
  leg?.decodeSome(number);
  return leg !== null;
}

/** The next item. Decodes at most one step; `null` if that step yields no item. */
export function nextFound(legs: readonly Leg[], number: number): Found | null {
  if (oldest(legs, 'decodedFrom') === null) decodeSome(legs, number);
  return nextDecoded(legs);
}

/** The next decoded item; `null`: none waits. */
export function nextDecoded(legs: readonly Leg[]): Found | null {
  for (let leg = oldest(legs, 'decodedFrom'); leg !== null; leg = oldest(legs, 'decodedFrom')) {
    const one = leg.takeItem();
    if (one !== null) return { leg, one };
  }
  return null;
}

function oldest(legs: readonly Leg[], since: 'decodedFrom' | 'undecodedFrom'): Leg | null {
  let first: Leg | null = null;
  let firstAt = Infinity;
  for (const leg of legs) {
    const at = leg[since];
    if (at >= firstAt) continue;
    first = leg;
    firstAt = at;
  }
  return first;
}
