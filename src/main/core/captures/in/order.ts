import type { Packet } from '../record';

/** Places a packet may be late by: captures of several interfaces or threads are out of order by a few. */
const window = 64;
/**
 * A longer step back in time, µs, is a clock that was set, not disorder: recorders hand over what they hold at least once a second
 * [ours], and clocks are set in steps from some tenths of a second on.
 */
const clockStep = 1e6;

/** Sorts packets that are slightly out of order in time, as recorded from several interfaces. */
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
