/**
 * The journal's own index. Every 512 entries form a block with its time span, the shapes of its
 * entries (shapes.ts) and the set of its search tokens (tokens.ts, segments.ts). The index only
 * grows at its end, so its cost per frame stays constant.
 */
import type { DatabaseSyncInstance, StatementSyncInstance } from '@photostructure/sqlite';
import type { PackedReader } from '../client/packed';
import { LateTokens } from './lateTokens';
import { closeSegment, looseBlocks } from './segments';
import { FactsWriter, ShapeSheet } from './shapes';
import type { Sizes } from './sizes';
import { partBytes, parts, TokenSet } from './tokens';
import { MeasureSheet, type LateAnswer, type Measures } from './measures';
import { bodyTextOf, measureRows } from './remeasure';
import type { Timings } from '../../core/state/timings';

/** Collects entries into blocks. A full block is written together with the entries that filled it. */
export class BlockWriter {
  readonly #db: DatabaseSyncInstance;
  readonly #sizes: Sizes;
  readonly #insert: StatementSyncInstance;
  readonly #insertPart: StatementSyncInstance;
  readonly #late: LateTokens;
  readonly #insertMeasures: StatementSyncInstance;
  readonly #insertLate: StatementSyncInstance;
  /** `null`: the block has entries of an earlier launch. Its measures are computed from the rows when it is full. */
  #timings: Timings | null = null;
  #measures = new MeasureSheet();
  #lateAnswers: LateAnswer[] = [];
  #facts: FactsWriter;
  #tokens = new TokenSet();
  #sheet = new ShapeSheet();
  #count = 0;
  #first = 0;
  #firstAt = Infinity;
  #lastAt = -Infinity;
  /** Blocks that are not in a segment yet. */
  #loose = 0;

  constructor(db: DatabaseSyncInstance, sizes: Sizes) {
    this.#db = db;
    this.#sizes = sizes;
    this.#insert = db.prepare(
      `INSERT INTO blocks (first, last, first_at, last_at, shapes) VALUES (?,?,?,?,?)`,
    );
    this.#insertPart = db.prepare('INSERT INTO tokens (part, block, bits) VALUES (?,?,?)');
    this.#insertMeasures = db.prepare('INSERT OR REPLACE INTO measures (block, packed) VALUES (?,?)');
    this.#insertLate = db.prepare(
      'INSERT OR REPLACE INTO late_answers (question, answer, latency) VALUES (?,?,?)',
    );
    this.#late = new LateTokens(db, sizes);
    this.#facts = new FactsWriter(db);
  }

  add(entry: PackedReader): void {
    const { id, at } = entry;
    if (this.#count === 0) this.#first = id;
    this.#count += 1;
    this.#firstAt = Math.min(this.#firstAt, at);
    this.#lastAt = Math.max(this.#lastAt, at);
    this.#tokens.add(entry);
    this.#sheet.add(entry);
    this.#measure(entry);
    if (this.#count === this.#sizes.block) this.#write(id);
  }

  #measure(entry: PackedReader): void {
    if (this.#timings === null) return;
    const { id, at, conn, kind, dir, cmd, from, to } = entry;
    const bodyText = (): string => bodyTextOf(entry);
    const timing = this.#timings.next({ id, at, conn, kind, dir, cmd, bodyText });
    this.#measures.add({ id, at, conn, size: to - from, isFrame: kind === 'frame' }, timing);
  }

  /** Numbers of the entries that are not in a block yet; `null`: to be computed from their rows. */
  get newest(): Measures | null {
    return this.#timings === null ? null : this.#measures.measures;
  }

  /** Adds a token to an entry that was indexed earlier. */
  addLater(entry: number, token: number): void {
    if (this.#count > 0 && entry >= this.#first) this.#tokens.addToken(token);
    else this.#late.add(entry, token);
  }

  #write(last: number): void {
    this.#insert.run(this.#first, last, this.#firstAt, this.#lastAt, this.#sheet.shapes);
    this.#sheet.write(this.#facts);
    if (this.#timings === null) {
      const { sheet, timings } = measureRows(this.#db, this.#first, last);
      [this.#measures, this.#timings] = [sheet, timings];
    }
    this.#insertMeasures.run(this.#first, this.#measures.packed);
    for (let part = 0; part < parts; part += 1) {
      const bits = this.#tokens.bits.subarray(part * partBytes, (part + 1) * partBytes);
      if (bits.some((byte) => byte !== 0)) this.#insertPart.run(part, this.#first, bits);
    }
    this.#loose += 1;
    this.#empty();
  }

  /**
   * Run at the end of a batch. Writes late tokens and, once there are enough
   * blocks, closes a segment, which takes about 20 ms.
   */
  tidy(): void {
    this.#late.write();
    this.#lateAnswers.push(...this.#measures.takeLate());
    for (const { question, answer, latency } of this.#lateAnswers.splice(0))
      this.#insertLate.run(question, answer, latency);
    if (this.#loose < this.#sizes.segment) return;
    closeSegment(this.#db, this.#sizes);
    this.#loose -= this.#sizes.segment;
  }

  /** Drops collected entries that were not written or will be collected again. */
  clear(): void {
    this.#empty();
    this.#late.clear();
    this.#lateAnswers = [];
    this.#timings = null;
    this.#facts = new FactsWriter(this.#db);
    this.#loose = looseBlocks(this.#db);
  }

  #empty(): void {
    this.#lateAnswers.push(...this.#measures.takeLate());
    this.#measures = new MeasureSheet();
    this.#tokens = new TokenSet();
    this.#sheet = new ShapeSheet();
    this.#count = 0;
    this.#firstAt = Infinity;
    this.#lastAt = -Infinity;
  }
}
