/**
 * Hands records over to the journal thread in numbered batches. Several batches can be on their way, so that the newest
 * record does not wait for an answer about an older one. If the disk refuses a batch, it and all later ones wait here.
 */
import type { Batch } from '../store/journalStore';
import { ChangedRows } from './changedRows';
import { lastIdOf, type PackedEntries, type Recorded } from './packed';
import { WaitingEntries, type WaitingBatch } from './waiting';

const interval = 100;
const retryInterval = 1_000;
/** Batches without an answer. Each takes memory in both threads. */
const mostSent = 4;
/** Unwritten entries at which the sender of a flood has to wait: some tenths of a second of writing. */
const behindLimit = 20_000;
/** Age of an unwritten entry, in ms, at which floods wait too. An answer sent 500 ms before a kill must be on disk. */
const behindAge = 150;

export interface OutboxParts {
  readonly append: (batch: Batch & { readonly number: number }) => Promise<unknown>;
  /** The journal takes batches. */
  readonly isOpen: () => boolean;
  /** Replaces a file that is damaged or lost; `null`: the error has another cause. */
  readonly replace: (error: unknown) => Promise<void> | null;
  /** A batch is on disk. `last`: its last entry; `null`: it has none. */
  readonly onWritten: (last: number | null) => void;
  /** The disk refused a batch. */
  readonly onRefused: (error: unknown) => void;
  /** The number before the first batch. */
  readonly last: number;
  /** Bytes of waiting entries; the default limit if left out. */
  readonly mostBytes: number | undefined;
}

/** A batch without an answer. */
interface Sent {
  /** Differs each time that the batch is sent. */
  readonly id: number;
  readonly batch: WaitingBatch;
  readonly changed: ChangedRows;
  /** False: the disk refused it. */
  readonly answered: Promise<boolean>;
}

export class Outbox {
  readonly #parts: OutboxParts;
  readonly #waiting: WaitingEntries;
  #changed = new ChangedRows();
  /** Oldest first. */
  #sent: readonly Sent[] = [];
  #sentCount = 0;
  #lastSent = 0;
  /** The number of the newest batch on disk. */
  #written: number;
  /** Batches up to this number are sent as soon as there is room. */
  #through: number;
  #timer: NodeJS.Timeout | null = null;
  /** The disk refused the last batch. Until it accepts one, one at a time is tried. */
  #isRefused = false;
  /** The file is being replaced; false: it can't be. */
  #replacing: Promise<boolean> | null = null;
  /** The file was replaced after the last refusal. */
  #isReplaced = false;

  constructor(parts: OutboxParts) {
    this.#parts = parts;
    this.#waiting = new WaitingEntries(parts.mostBytes, parts.last);
    this.#written = parts.last;
    this.#through = parts.last;
  }

  /** Entries that are not sent, or were refused. */
  get count(): number {
    return this.#waiting.count;
  }

  /** Entries dropped beyond the limit. */
  get lost(): number {
    return this.#waiting.lost;
  }

  /** The number of the newest batch on disk. */
  get written(): number {
    return this.#written;
  }

  /** Entries arrive faster than the disk accepts them. */
  get hasBacklog(): boolean {
    if (this.#waiting.count + this.#sentCount > behindLimit) return true;
    const first = this.#sent.find(({ batch }) => batch.entries.count > 0);
    return performance.now() - (first?.batch.since ?? this.#waiting.oldest) > behindAge;
  }

  add(entry: Recorded): void {
    const batch = this.#waiting.add(entry);
    // While the disk refuses, only the timer and `flush` try again.
    if (batch === 'full' && !this.#isRefused) {
      this.#through = Math.max(this.#through, this.#waiting.last);
      this.#send();
    }
    if (batch !== null) this.#schedule(interval);
  }

  keep(put: (changed: ChangedRows) => void): void {
    put(this.#changed);
    if (this.#changed.size > 0) this.#schedule(interval);
  }

  /** Removes and returns all waiting entries, oldest first. */
  takeAll(): readonly PackedEntries[] {
    return this.#waiting.takeAll();
  }

  /** Drops entries that a dead thread wrote without an answer. */
  drop(upTo: number): void {
    this.#waiting.drop(upTo);
  }

  /**
   * Sends all records so far, without waiting for the disk. Returns the number of the newest one's batch, which may
   * still be waiting for earlier ones.
   */
  handOver(): number {
    this.#through = this.#newest;
    // While the disk refuses, only the timer and `flush` try again.
    if (!this.#isRefused) {
      this.#stopTimer();
      this.#send();
    }
    return this.#through;
  }

  /** Sends all records so far. Resolves when they are on disk or were refused. */
  async flush(): Promise<void> {
    this.#stopTimer();
    const newest = this.#newest;
    this.#through = newest;
    while (this.#written < newest) {
      this.#send();
      const next = this.#replacing ?? this.#sent[0]?.answered;
      if (next === undefined || !(await next)) return;
    }
  }

  /** Changed rows go with the next batch, and need one of their own only if none waits. */
  get #newest(): number {
    const { newest, next, last } = this.#waiting;
    const ofRows = this.#changed.size > 0 && next > last ? next : 0;
    return Math.max(newest, ofRows, this.#through);
  }

  #send(): void {
    const most = this.#isRefused ? 1 : mostSent;
    while (
      this.#replacing === null &&
      this.#sent.length < most &&
      this.#waiting.next <= this.#through &&
      this.#parts.isOpen()
    )
      this.#sendOne();
  }

  #sendOne(): void {
    const batch = this.#waiting.take();
    const { number, entries } = batch;
    this.#lastSent += 1;
    const id = this.#lastSent;
    const changed = this.#changed;
    this.#changed = new ChangedRows();
    const answered = this.#parts.append({ number, entries, ...changed.rows() }).then(
      () => this.#accepted(id),
      (error: unknown) => this.#failed(id, error),
    );
    this.#sent = [...this.#sent, { id, batch, changed, answered }];
    this.#sentCount += entries.count;
  }

  #accepted(id: number): boolean {
    const [first, ...others] = this.#sent;
    if (first?.id !== id) return true;
    this.#sent = others;
    this.#sentCount -= first.batch.entries.count;
    this.#written = first.batch.number;
    this.#isRefused = false;
    this.#isReplaced = false;
    // Full batches do not wait for the interval.
    this.#through = Math.max(this.#through, this.#waiting.last);
    this.#parts.onWritten(lastIdOf(first.batch.entries));
    this.#send();
    return true;
  }

  #failed(failed: number, error: unknown): boolean | Promise<boolean> {
    // After a refused batch, the journal thread refuses the later ones. All of them wait here already.
    if (!this.#sent.some(({ id }) => id === failed)) return false;
    for (const { batch, changed } of this.#sent.toReversed()) {
      this.#waiting.putBack(batch);
      this.#changed.refill(changed);
    }
    this.#sent = [];
    this.#sentCount = 0;
    const replacing = this.#isReplaced ? null : this.#parts.replace(error);
    if (replacing === null) return this.#refuse(error);
    this.#isReplaced = true;
    this.#replacing = this.#sendAgainAfter(replacing);
    return this.#replacing;
  }

  async #sendAgainAfter(replacing: Promise<void>): Promise<boolean> {
    try {
      await replacing;
    } catch (error) {
      this.#replacing = null;
      return this.#refuse(error);
    }
    this.#replacing = null;
    this.#send();
    return true;
  }

  #refuse(error: unknown): false {
    this.#isRefused = true;
    this.#isReplaced = false;
    this.#parts.onRefused(error);
    this.#schedule(retryInterval);
    return false;
  }

  #schedule(ms: number): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      void this.flush();
    }, ms);
  }

  #stopTimer(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }
}
