/** Virtual time for a whole scenario: a heap of timers, fast enough for millions. Times are ms since 1970. */
import type { Cancel, Clock } from '../../src/main/tools/simulator/clock';

interface Timer {
  readonly at: number;
  readonly order: number;
  run: (() => void) | null;
}

const before = (a: Timer, b: Timer): boolean => a.at < b.at || (a.at === b.at && a.order < b.order);

export class VirtualClock implements Clock {
  readonly #heap: Timer[] = [];
  #now: number;
  #order = 0;

  constructor(start: number) {
    this.#now = start;
  }

  now(): number {
    return this.#now;
  }

  /** At least 1 ms later, like a timer of Node. */
  after(ms: number, run: () => void): Cancel {
    this.#order += 1;
    const timer: Timer = { at: this.#now + Math.max(1, Math.ceil(ms)), order: this.#order, run };
    this.#push(timer);
    return () => {
      timer.run = null;
    };
  }

  /** Runs the next timer that is due by `end`. False: there is none, and the time is `end` now. */
  step(end: number): boolean {
    for (let next = this.#heap[0]; next !== undefined && next.at <= end; next = this.#heap[0]) {
      this.#pop();
      if (next.run === null) continue;
      this.#now = next.at;
      next.run();
      return true;
    }
    this.#now = Math.max(this.#now, end);
    return false;
  }

  #push(timer: Timer): void {
    const heap = this.#heap;
    let place = heap.push(timer) - 1;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      const above = heap[parent];
      if (above === undefined || !before(timer, above)) break;
      heap[place] = above;
      place = parent;
    }
    heap[place] = timer;
  }

  #pop(): void {
    const heap = this.#heap;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return;
    let place = 0;
    for (;;) {
      let child = 2 * place + 1;
      let smaller = heap[child];
      const other = heap[child + 1];
      if (smaller !== undefined && other !== undefined && before(other, smaller)) {
        child += 1;
        smaller = other;
      }
      if (smaller === undefined || !before(smaller, last)) break;
      heap[place] = smaller;
      place = child;
    }
    heap[place] = last;
  }
}
