/**
 * Data of one direction that a rule delays. Everything behind it waits too: TCP keeps the order, so neither end ever gets a conversation
 * that a slow network could not have produced.
 */
import type { DecodedFrame } from '../protocol/frame';
import type { Instead } from './rewriting';

export interface Delayed {
  /** `null`: bytes outside of frames. */
  readonly frame: DecodedFrame | null;
  readonly bytes: Uint8Array;
  /** A frame that leaves instead. */
  readonly instead: Instead | null;
  /** The rule that delays it, or a frame before it. */
  readonly rule: number;
  /** Time of receipt. */
  at: number;
  /** 0: it only waits for the data before it. */
  ms: number;
}

/** Memory of one item in addition to its bytes. */
const itemBytes = 256;

export class DelayLine {
  #waiting: Delayed[] = [];
  /** Memory in bytes. */
  size = 0;

  get isEmpty(): boolean {
    return this.#waiting.length === 0;
  }

  /** Oldest first. */
  get waiting(): readonly Delayed[] {
    return this.#waiting;
  }

  /** The time at which the first may leave; `Infinity`: nothing waits. */
  get dueAt(): number {
    const [first] = this.#waiting;
    return first === undefined ? Infinity : first.at + first.ms;
  }

  add(one: Delayed): void {
    this.#waiting.push(one);
    this.size += sizeOf(one);
  }

  /** The first, if it is due, or if the clock was set back. */
  take(now: number): Delayed | null {
    const [first] = this.#waiting;
    if (first === undefined || (now >= first.at && now < first.at + first.ms)) return null;
    this.#waiting.shift();
    this.size -= sizeOf(first);
    return first;
  }

  /** All, before their time. */
  takeAll(): readonly Delayed[] {
    const all = this.#waiting;
    this.#waiting = [];
    this.size = 0;
    return all;
  }

  /** Ends the delays of other rules. */
  keepOnly(isKept: (rule: number) => boolean): void {
    for (const one of this.#waiting) if (!isKept(one.rule)) one.ms = 0;
  }

  /** Keeps the remaining time after a clock change. */
  move(ms: number): void {
    for (const one of this.#waiting) one.at += ms;
  }
}

const sizeOf = ({ bytes, instead }: Delayed): number =>
  itemBytes + bytes.length + (instead?.frame.bytes.length ?? 0);
