/**
 * Limits the rate of package downloads: in total, and per machine, whatever the number of
 * its connections. Machines take turns, so a busy machine waits longer and others do not.
 * One timer serves all, and runs only while a download waits.
 */
import { close, open, read } from 'node:fs';
import type { Rates } from '#shared/model/upgrade';

export interface RateClock {
  /** ms */
  readonly now: () => number;
  readonly after: (ms: number, run: () => void) => () => void;
}

const systemClock: RateClock = {
  now: () => performance.now(),
  after: (ms, run) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};

/** Bytes per turn while others wait: the data of 20 ms divided by the waiting machines, within these limits. */
export const longestTurn = 65_536;
const turn = { least: 4_096, most: longestTurn, ms: 20 };
/** ms for which unused budget is kept. */
const kept = 100;
/** ms; the shortest timer. */
const shortest = 5;

/** A token bucket: the bytes that may be sent now. */
class Bucket {
  tokens = 0;
  #filledAt: number;

  constructor(now: number) {
    this.#filledAt = now;
  }

  fill(rate: number | null, now: number): void {
    const passed = now - this.#filledAt;
    this.#filledAt = now;
    if (rate === null) this.tokens = 0;
    else
      this.tokens = Math.min(
        Math.max((rate * kept) / 1_000, turn.most),
        this.tokens + (passed * rate) / 1_000,
      );
  }
}

interface Waiting {
  readonly most: number;
  readonly granted: (bytes: number) => void;
}

/** The share of one machine. */
interface Share {
  readonly bucket: Bucket;
  readonly waiting: Set<Waiting>;
  downloads: number;
}

/** The ration of one download. */
export interface Ration {
  /** Calls `granted` with the number of bytes, up to `most`, that may be read now; 0 after the end. */
  readonly take: (most: number, granted: (bytes: number) => void) => void;
  readonly close: () => void;
}

export class RateLimit {
  readonly #clock: RateClock;
  readonly #all: Bucket;
  /** By machine; the next in turn comes first. */
  readonly #shares = new Map<number, Share>();
  #rates: Rates = { all: null, machine: null };
  #stopTimer: (() => void) | null = null;

  constructor(clock: RateClock = systemClock) {
    this.#clock = clock;
    this.#all = new Bucket(clock.now());
  }

  get isLimited(): boolean {
    return this.#rates.all !== null || this.#rates.machine !== null;
  }

  set rates(rates: Rates) {
    this.#rates = rates;
    this.#deal();
  }

  /** A download of this machine begins. */
  open(machine: number): Ration {
    const share = this.#shares.get(machine) ?? {
      bucket: new Bucket(this.#clock.now()),
      waiting: new Set(),
      downloads: 0,
    };
    share.downloads += 1;
    this.#shares.set(machine, share);
    let own: Waiting | null = null;
    let isClosed = false;
    return {
      take: (most, granted) => {
        if (isClosed) return granted(0);
        if (!this.isLimited) return granted(most);
        own = { most, granted };
        share.waiting.add(own);
        this.#deal();
      },
      close: () => {
        if (isClosed) return;
        isClosed = true;
        share.downloads -= 1;
        if (share.downloads === 0) this.#shares.delete(machine);
        if (own === null || !share.waiting.delete(own)) return;
        own.granted(0);
        this.#deal();
      },
    };
  }

  /** Distributes the available bytes in turns. Sets the timer if a download still waits. */
  #deal(): void {
    this.#stopTimer?.();
    this.#stopTimer = null;
    const now = this.#clock.now();
    const given: (() => void)[] = [];
    this.#all.fill(this.#rates.all, now);
    for (;;) {
      const waiting = [...this.#shares].filter(([, share]) => share.waiting.size > 0);
      const before = given.length;
      for (const [machine, share] of waiting) {
        const [first] = share.waiting;
        if (first === undefined) continue;
        share.bucket.fill(this.#rates.machine, now);
        const bytes = this.#mayTake(share, first.most, waiting.length);
        if (bytes === 0) continue;
        this.#all.tokens -= bytes;
        share.bucket.tokens -= bytes;
        share.waiting.delete(first);
        given.push(() => first.granted(bytes));
        // Its next turn comes after all others.
        this.#shares.delete(machine);
        this.#shares.set(machine, share);
      }
      if (given.length > before) continue;
      if (waiting.length > 0) this.#wait(waiting.map(([, share]) => share));
      break;
    }
    // A receiver may ask for more at once.
    for (const give of given) give();
  }

  #mayTake(share: Share, most: number, waiting: number): number {
    const there = Math.floor(
      Math.min(
        this.#rates.all === null ? Infinity : this.#all.tokens,
        this.#rates.machine === null ? Infinity : share.bucket.tokens,
      ),
    );
    if (there < this.#least(most, waiting)) return 0;
    return Math.min(most, there, waiting > 1 ? this.#turn(waiting) : most);
  }

  /** Reads smaller than this are not worthwhile. */
  #least(most: number, waiting: number): number {
    return Math.min(most, this.#turn(waiting));
  }

  #turn(waiting: number): number {
    const { all, machine } = this.#rates;
    const rate = Math.min(all === null ? Infinity : all / waiting, machine ?? Infinity);
    return Math.floor(Math.min(turn.most, Math.max(turn.least, (rate * turn.ms) / 1_000)));
  }

  /** Sets the timer to the moment when a waiting download can continue. */
  #wait(shares: readonly Share[]): void {
    const until = (bucket: Bucket, rate: number | null, least: number): number =>
      rate === null ? 0 : ((least - bucket.tokens) * 1_000) / rate;
    let soonest = Infinity;
    for (const { bucket, waiting } of shares) {
      const [first] = waiting;
      if (first === undefined) continue;
      const least = this.#least(first.most, shares.length);
      const { all, machine } = this.#rates;
      soonest = Math.min(soonest, Math.max(until(this.#all, all, least), until(bucket, machine, least)));
    }
    this.#stopTimer = this.#clock.after(Math.max(shortest, Math.ceil(soonest)), () => this.#deal());
  }
}

/** File functions for `createReadStream`; each read waits for its ration. */
export const rationedFiles = (ration: Ration) => ({
  open,
  close,
  read: (
    file: number,
    buffer: NodeJS.ArrayBufferView,
    offset: number,
    length: number,
    position: number | null,
    done: (error: NodeJS.ErrnoException | null, bytes: number, buffer: NodeJS.ArrayBufferView) => void,
  ): void =>
    ration.take(length, (bytes) =>
      bytes === 0 ? done(null, 0, buffer) : read(file, buffer, offset, bytes, position, done),
    ),
});
