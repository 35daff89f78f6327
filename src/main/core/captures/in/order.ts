import type { Packet } from '../record';

/** A packet may arrive this many places late. Captures of several interfaces or threads are slightly out of order. */
const window = 64;
/**
 * A longer step back in time (µs) means that the clock was set. Recorders write their packets at least once a second [ours],
 * and clock corrections are at least some tenths of a second.
 */
const clockStep = 1e6;

/** Sorts packets that are slightly out of order in time, as in captures of several interfaces. */
export class TimeOrder {
  #held: Packet[] = [];
  #last = 0;

  push(packets: readonly Packet[]): Packet[] {
    const all = this.#held;
    for (const packet of packets) {
      // A packet without a time keeps its place.
      const timed = packet.time === null ? { ...packet, time: this.#last } : packet;
      const time = timed.time ?? 0;
      this.#last = time;
      let place = all.length;
      const lowest = Math.max(0, place - window);
      while (place > lowest && isLater(all[place - 1], time)) place -= 1;
      if (place === all.length) all.push(timed);
      else all.splice(place, 0, timed);
    }
    return all.splice(0, all.length - window);
  }

  end(): Packet[] {
    return this.#held.splice(0);
  }
}

function isLater(packet: Packet | undefined, time: number): boolean {
  const ahead = (packet?.time ?? 0) - time;
  return ahead > 0 && ahead <= clockStep;
}
