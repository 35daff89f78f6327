/** Tokens added to entries of blocks that are already written. They are collected and written once per batch. */
import type { DatabaseSyncInstance, StatementSyncInstance } from '@photostructure/sqlite';
import type { Row } from '../store/columns';
import { blocksOfSegment } from './again';
import { closedUpTo, slicesPerSegment, sliceTokens } from './segments';
import type { Sizes } from './sizes';
import { partBytes } from './tokens';

const partTokens = partBytes * 8;

/** Bits of one row that is being changed. `where`: the keys of the row. */
interface Bits {
  readonly where: readonly number[];
  readonly bits: Uint8Array;
}

export class LateTokens {
  readonly #db: DatabaseSyncInstance;
  readonly #sizes: Sizes;
  readonly #block: StatementSyncInstance;
  readonly #segment: StatementSyncInstance;
  readonly #part: StatementSyncInstance;
  readonly #slice: StatementSyncInstance;
  readonly #writePart: StatementSyncInstance;
  readonly #writeSlice: StatementSyncInstance;
  #waiting: { readonly entry: number; readonly token: number }[] = [];

  constructor(db: DatabaseSyncInstance, sizes: Sizes) {
    this.#db = db;
    this.#sizes = sizes;
    this.#block = db.prepare('SELECT first, last FROM blocks WHERE first <= ? ORDER BY first DESC LIMIT 1');
    this.#segment = db.prepare(
      'SELECT id, first, last, blocks FROM segments WHERE first <= ? AND last >= ? LIMIT 1',
    );
    this.#part = db.prepare('SELECT bits FROM tokens WHERE part = ? AND block = ?');
    this.#slice = db.prepare('SELECT bits FROM slices WHERE id = ?');
    this.#writePart = db.prepare('INSERT OR REPLACE INTO tokens (part, block, bits) VALUES (?,?,?)');
    this.#writeSlice = db.prepare('INSERT OR REPLACE INTO slices (id, bits) VALUES (?,?)');
  }

  add(entry: number, token: number): void {
    this.#waiting.push({ entry, token });
  }

  clear(): void {
    this.#waiting = [];
  }

  /** Adds the collected tokens to the sets of the entries' blocks, in rows of tokens or of slices. */
  write(): void {
    if (this.#waiting.length === 0) return;
    const waiting = this.#waiting.toSorted((a, b) => a.entry - b.entry);
    this.#waiting = [];
    const closed = closedUpTo(this.#db);
    const inParts = new Map<string, Bits>();
    const inSlices = new Map<string, Bits>();
    let [first, last] = [0, -1];
    let segment: { readonly id: number; readonly place: number } | null = null;
    for (const { entry, token } of waiting) {
      if (entry > last) {
        const block = this.#block.get(entry) as Row | undefined;
        // The block was deleted as one of the oldest.
        if (block === undefined || Number(block['last']) < entry) continue;
        [first, last] = [Number(block['first']), Number(block['last'])];
        segment = first > closed ? null : this.#segmentOf(first);
        if (segment === null && first <= closed) {
          last = -1;
          continue;
        }
      }
      if (segment === null) {
        const part = Math.floor(token / partTokens);
        setBit(this.#bits(inParts, this.#part, [part, first], partBytes), token % partTokens);
      } else {
        const slice = segment.id * slicesPerSegment + Math.floor(token / sliceTokens);
        const bits = this.#bits(inSlices, this.#slice, [slice], (sliceTokens * this.#sizes.segment) / 8);
        setBit(bits, (token % sliceTokens) * this.#sizes.segment + segment.place);
      }
    }
    for (const { where, bits } of inParts.values()) this.#writePart.run(...where, bits);
    for (const { where, bits } of inSlices.values()) this.#writeSlice.run(...where, bits);
  }

  #segmentOf(block: number): { readonly id: number; readonly place: number } | null {
    const segment = this.#segment.get(block, block) as Row | undefined;
    if (segment === undefined) return null;
    return {
      id: Number(segment['id']),
      place: blocksOfSegment(this.#db, this.#sizes, segment).indexOf(block),
    };
  }

  /** The bits of a row, read once and then changed in memory. */
  #bits(
    known: Map<string, Bits>,
    select: StatementSyncInstance,
    where: readonly number[],
    size: number,
  ): Uint8Array {
    const key = where.join(' ');
    const before = known.get(key);
    if (before !== undefined) return before.bits;
    const stored = (select.get(...where) as Row | undefined)?.['bits'];
    const bits =
      stored instanceof Uint8Array && stored.length === size ? Uint8Array.from(stored) : new Uint8Array(size);
    known.set(key, { where, bits });
    return bits;
  }
}

function setBit(bits: Uint8Array, bit: number): void {
  bits[bit >>> 3] = (bits[bit >>> 3] ?? 0) | (1 << (bit & 7));
}
