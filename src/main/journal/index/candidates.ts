/**
 * Finds the blocks that may contain a match. Closed segments have token sets (segments.ts);
 * the newest blocks have their own sets.
 */
import type { DatabaseSyncInstance, StatementSyncInstance } from '@photostructure/sqlite';
import type { Row } from '../store/columns';
import { blocksOfSegment, shapesOfBlock } from './again';
import { closedUpTo, slicesPerSegment, sliceTokens } from './segments';
import type { Shape } from './shapes';
import type { Sizes } from './sizes';
import { partBytes } from './tokens';

export interface Block {
  readonly first: number;
  readonly last: number;
  /** Earliest and latest time in the block, in ms. */
  readonly firstAt: number;
  readonly lastAt: number;
  readonly shapes: readonly Shape[];
}

/** A row must have any of these tokens. */
export type Requirement = readonly number[];
/** A row must meet all requirements of one alternative. */
export type Alternatives = readonly (readonly Requirement[])[];

export interface BlockSpan {
  /** Only blocks with ids above `after` and below `below`. */
  readonly after: number;
  readonly below: number;
  /** ms since 1970. */
  readonly from: number;
  readonly to: number;
}

/** One bit per block of a group. */
type Mask = Uint8Array;

export function* candidateBlocks(
  db: DatabaseSyncInstance,
  sizes: Sizes,
  alternatives: Alternatives,
  span: BlockSpan,
  order: 'newestFirst' | 'oldestFirst',
): Generator<Block> {
  const isNewestFirst = order === 'newestFirst';
  const find = (group: Group): Iterable<Block> => group.candidates(alternatives, span, isNewestFirst);
  if (isNewestFirst) for (const group of looseGroups(db, sizes, span, order)) yield* find(group);
  for (const group of segmentGroups(db, sizes, span, order)) yield* find(group);
  if (!isNewestFirst) for (const group of looseGroups(db, sizes, span, order)) yield* find(group);
}

/** Blocks whose sets are read together. */
interface Having {
  /** The blocks that have the token. */
  readonly having: (token: number) => Mask;
  /** The block at a bit, oldest first; `undefined` if it was deleted. */
  readonly block: (place: number) => Block | undefined;
}

class Group {
  readonly #size: number;
  readonly #source: Having;

  constructor(size: number, source: Having) {
    this.#size = size;
    this.#source = source;
  }

  *candidates(alternatives: Alternatives, span: BlockSpan, isNewestFirst: boolean): Generator<Block> {
    const found = this.#fitting(alternatives);
    if (found.every((byte) => byte === 0)) return;
    for (let n = 0; n < this.#size; n += 1) {
      const place = isNewestFirst ? this.#size - 1 - n : n;
      if (((found[place >>> 3] ?? 0) & (1 << (place & 7))) === 0) continue;
      const block = this.#source.block(place);
      if (block === undefined) continue;
      const { first, last, firstAt, lastAt } = block;
      if (last > span.after && first < span.below && lastAt >= span.from && firstAt <= span.to) yield block;
    }
  }

  #fitting(alternatives: Alternatives): Mask {
    const found = new Uint8Array(Math.ceil(this.#size / 8));
    for (const required of alternatives) {
      const mask = this.#meeting(required);
      for (let i = 0; i < found.length; i += 1) found[i] = (found[i] ?? 0) | (mask[i] ?? 0);
    }
    return found;
  }

  #meeting(required: readonly Requirement[]): Mask {
    const mask = new Uint8Array(Math.ceil(this.#size / 8)).fill(0xff);
    for (const any of required) {
      const having = any.map(this.#source.having);
      let left = 0;
      for (let i = 0; i < mask.length; i += 1) {
        let byte = 0;
        for (const bits of having) byte |= bits[i] ?? 0;
        left |= mask[i] = (mask[i] ?? 0) & byte;
      }
      if (left === 0) return mask;
    }
    return mask;
  }
}

function* segmentGroups(
  db: DatabaseSyncInstance,
  sizes: Sizes,
  { after, below, from, to }: BlockSpan,
  order: 'newestFirst' | 'oldestFirst',
): Generator<Group> {
  const segments = db
    .prepare(
      `SELECT id FROM segments WHERE last > ? AND first < ? AND last_at >= ? AND first_at <= ?
       ORDER BY id ${order === 'newestFirst' ? 'DESC' : 'ASC'}`,
    )
    .all(after, below, from, to) as Row[];
  const slice = db.prepare('SELECT substr(bits, ?, ?) AS bits FROM slices WHERE id = ?');
  const whole = db.prepare('SELECT id, first, last, blocks FROM segments WHERE id = ?');
  const block = db.prepare('SELECT first, last, first_at, last_at, shapes FROM blocks WHERE first = ?');
  const bytes = sizes.segment / 8;
  for (const segment of segments) {
    const id = Number(segment['id']);
    const base = id * slicesPerSegment;
    let blocks: readonly number[] | null = null;
    yield new Group(sizes.segment, {
      having: (token) => {
        const at = (token % sliceTokens) * bytes;
        return maskIn(slice.get(at + 1, bytes, base + Math.floor(token / sliceTokens)));
      },
      block: (place) => {
        blocks ??= blocksOfSegment(db, sizes, whole.get(id) as Row);
        return blockOf(db, sizes, block.get(blocks[place] ?? 0) as Row | undefined);
      },
    });
  }
}

const none: Mask = new Uint8Array();
const maskIn = (row: unknown): Mask => {
  const bits = (row as Row | undefined)?.['bits'];
  return bits instanceof Uint8Array ? bits : none;
};

function blockOf(db: DatabaseSyncInstance, sizes: Sizes, row: Row | undefined): Block | undefined {
  if (row === undefined) return undefined;
  return {
    first: Number(row['first']),
    last: Number(row['last']),
    firstAt: Number(row['first_at']),
    lastAt: Number(row['last_at']),
    shapes: shapesOfBlock(db, sizes, row),
  };
}

function* looseGroups(
  db: DatabaseSyncInstance,
  sizes: Sizes,
  { after, below }: BlockSpan,
  order: 'newestFirst' | 'oldestFirst',
): Generator<Group> {
  const isNewestFirst = order === 'newestFirst';
  const select = db.prepare(
    `SELECT first, last, first_at, last_at, shapes FROM blocks WHERE first > ? AND first < ?
     ORDER BY first ${isNewestFirst ? 'DESC' : 'ASC'} LIMIT ?`,
  );
  const bytes = db.prepare(
    'SELECT block, substr(bits, ?, 1) AS bits FROM tokens WHERE part = ? AND block BETWEEN ? AND ?',
  );
  // The block that contains `after` may also contain later ids.
  const { first } = db.prepare('SELECT max(first) AS first FROM blocks WHERE first <= ?').get(after) as {
    readonly first: number | null;
  };
  let [above, under] = [Math.max(closedUpTo(db), (first ?? 0) - 1), below];
  for (;;) {
    const found = select.all(above, under, sizes.segment) as Row[];
    const blocks = isNewestFirst ? found.toReversed() : found;
    const places = new Map(blocks.map((block, i) => [Number(block['first']), i]));
    const [oldest, newest] = [blocks[0]?.['first'], blocks.at(-1)?.['first']].map(Number);
    if (blocks.length === 0 || oldest === undefined || newest === undefined) return;
    yield new Group(blocks.length, {
      having: (token) => looseMask(bytes, token, { from: oldest, to: newest, places }),
      block: (place) => blockOf(db, sizes, blocks[place]),
    });
    if (isNewestFirst) under = oldest;
    else above = newest;
  }
}

function looseMask(
  bytes: StatementSyncInstance,
  token: number,
  {
    from,
    to,
    places,
  }: { readonly from: number; readonly to: number; readonly places: ReadonlyMap<number, number> },
): Mask {
  const mask = new Uint8Array(Math.ceil(places.size / 8));
  const part = Math.floor(token / (partBytes * 8));
  const at = (token >>> 3) - part * partBytes;
  for (const row of bytes.all(at + 1, part, from, to) as Row[]) {
    if (((maskIn(row)[0] ?? 0) & (1 << (token & 7))) === 0) continue;
    const place = places.get(Number(row['block'])) ?? 0;
    mask[place >>> 3] = (mask[place >>> 3] ?? 0) | (1 << (place & 7));
  }
  return mask;
}
