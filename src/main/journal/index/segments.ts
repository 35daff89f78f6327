/**
 * Transposed token sets. A block's set is written when the block is full. Once there are enough blocks, a
 * closed segment replaces their sets. A segment has a few bytes per token, with one bit for each block
 * that has the token. A search reads only the bytes of the tokens it needs.
 */
import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import type { Row } from '../store/columns';
import type { Sizes } from './sizes';
import { partBytes, parts, tokenCount } from './tokens';

/** Tokens per row. */
export const sliceTokens = 64;
/** Maximum rows per segment. */
export const slicesPerSegment = tokenCount / sliceTokens;

/** The last entry in a closed segment. */
export function closedUpTo(db: DatabaseSyncInstance): number {
  const { last } = db.prepare('SELECT max(last) AS last FROM segments').get() as {
    readonly last: number | null;
  };
  return last ?? 0;
}

/** Blocks that are not in a segment yet. */
export function looseBlocks(db: DatabaseSyncInstance): number {
  const { n } = db.prepare('SELECT count(*) AS n FROM blocks WHERE first > ?').get(closedUpTo(db)) as {
    readonly n: number;
  };
  return n;
}

/** Makes a segment of the oldest loose blocks. There must be enough of them. */
export function closeSegment(db: DatabaseSyncInstance, sizes: Sizes): void {
  const blocks = db
    .prepare('SELECT first, last, first_at, last_at FROM blocks WHERE first > ? ORDER BY first LIMIT ?')
    .all(closedUpTo(db), sizes.segment) as Row[];
  const [first, last] = [Number(blocks[0]?.['first']), Number(blocks.at(-1)?.['last'])];
  const { lastInsertRowid: segment } = db
    .prepare('INSERT INTO segments (first, last, first_at, last_at, blocks) VALUES (?,?,?,?,?)')
    .run(
      first,
      last,
      Math.min(...blocks.map((block) => Number(block['first_at']))),
      Math.max(...blocks.map((block) => Number(block['last_at']))),
      JSON.stringify(blocks.map((block) => block['first'])),
    );
  const turned = turn(db, blocks, sizes);
  const insert = db.prepare('INSERT INTO slices (id, bits) VALUES (?,?)');
  const bytes = (sliceTokens * sizes.segment) / 8;
  for (let slice = 0; slice < slicesPerSegment; slice += 1) {
    const bits = turned.subarray(slice * bytes, (slice + 1) * bytes);
    if (bits.some((byte) => byte !== 0)) insert.run(Number(segment) * slicesPerSegment + slice, bits);
  }
  dropSets(db, last);
}

/** Deletes the sets of blocks that begin at or before entry `upTo`. */
export function dropSets(db: DatabaseSyncInstance, upTo: number): void {
  const drop = db.prepare('DELETE FROM tokens WHERE part = ? AND block <= ?');
  for (let part = 0; part < parts; part += 1) drop.run(part, upTo);
}

function turn(db: DatabaseSyncInstance, blocks: readonly Row[], sizes: Sizes): Uint8Array {
  const bytes = sizes.segment / 8;
  const turned = new Uint8Array(tokenCount * bytes);
  const select = db.prepare('SELECT part, bits FROM tokens WHERE part = ? AND block = ?');
  blocks.forEach((block, i) => {
    const [byte, bit] = [i >>> 3, 1 << (i & 7)];
    for (let part = 0; part < parts; part += 1) {
      const bits = (select.get(part, Number(block['first'])) as Row | undefined)?.['bits'];
      if (!(bits instanceof Uint8Array)) continue;
      for (let at = 0; at < partBytes; at += 1) {
        let left = bits[at] ?? 0;
        for (let token = (part * partBytes + at) * 8; left !== 0; token += 1, left >>>= 1) {
          const place = token * bytes + byte;
          if ((left & 1) !== 0) turned[place] = (turned[place] ?? 0) | bit;
        }
      }
    }
  });
  return turned;
}
