/** The original numbers in the packets of one connection, until the entries that begin with these packets arrive. */
import { directionOf, type NewEntry, type Original } from '#shared/model/frame';
import { fin, rst, syn, type Segment } from './segment';
import type { Side } from './in/sides';
import { distance } from './in/stream';

/** Limit of the numbers that wait on one side [ours]. Other packets lose theirs. */
const most = 4_096;

interface Waiting {
  /** The sequence number of the packet's first byte. */
  readonly seq: number;
  readonly original: Original;
}

export class Numbers {
  #opened: Original | null = null;
  #closed: Original | null = null;
  readonly #waiting: readonly [Waiting[], Waiting[]] = [[], []];
  /** The sequence number of the first byte that is in no entry yet; `null`: no byte has come. */
  readonly #next: [number | null, number | null] = [null, null];

  came({ flags, seq, from, to }: Segment, side: Side, original: Original): void {
    if ((flags & syn) !== 0) this.#opened ??= original;
    else if (to > from) {
      if (this.#waiting[side].length < most) this.#waiting[side].push({ seq, original });
    } else if ((flags & (fin | rst)) !== 0) this.#closed ??= original;
  }

  /** The bytes of this side begin at `seq`. Only the first call counts. */
  begins(side: Side, seq: number): void {
    this.#next[side] ??= seq;
  }

  /** These bytes of this side are in no entry. */
  skip(side: Side, bytes: number): void {
    const next = this.#next[side];
    if (next !== null) this.#next[side] = (next + bytes) >>> 0;
  }

  /** The entry with its number. `machine`: the side of the machine. Entries of a side come in the order of its bytes. */
  put(entry: NewEntry, machine: Side): NewEntry {
    const original = this.#of(entry, machine);
    return original === null ? entry : { ...entry, original };
  }

  #of(entry: NewEntry, machine: Side): Original | null {
    switch (entry.kind) {
      case 'opened':
        return this.#opened;
      case 'closed':
        return this.#closed;
      case 'finding':
        return null;
      case 'frame':
      case 'junk': {
        const dir = entry.kind === 'frame' ? entry.dir : directionOf(entry);
        const side = dir === 'in' ? machine : machine === 0 ? 1 : 0;
        const start = this.#next[side];
        if (start === null) return null;
        this.skip(side, entry.bytes.length);
        return this.#take(side, start, start + entry.bytes.length);
      }
    }
  }

  /** The number of the packet that begins at `start`. Forgets those of all packets before `end`. */
  #take(side: Side, start: number, end: number): Original | null {
    const waiting = this.#waiting[side];
    if (waiting.length === 0) return null;
    const found = waiting.find(({ seq }) => distance(seq, start) === 0);
    this.#waiting[side].splice(0, waiting.length, ...waiting.filter(({ seq }) => distance(seq, end) >= 0));
    return found?.original ?? null;
  }
}
