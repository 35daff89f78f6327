/**
 * Recomputes unreadable index data of a block or a segment. The index is a
 * copy of what the entries contain, so nothing is lost.
 */
import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import type { Row } from '../store/columns';
import { readShapes, ShapeSheet, type Shape, type Shaped } from './shapes';
import type { Sizes } from './sizes';

/** `block`: its columns first, last and shapes. */
export function shapesOfBlock(db: DatabaseSyncInstance, sizes: Sizes, block: Row): readonly Shape[] {
  const known = readShapes(String(block['shapes']), sizes.block);
  if (known !== null) return known;
  const first = Number(block['first']);
  const { shapes } = sheetOf(db, first, Number(block['last']));
  write(db, 'UPDATE blocks SET shapes = ? WHERE first = ?', shapes, first);
  sizes.onDamaged?.(first);
  return readShapes(shapes, sizes.block) ?? [];
}

/** Entry ids of a block with gaps. */
export function idsOfBlock(
  db: DatabaseSyncInstance,
  sizes: Sizes,
  first: number,
  json: string,
): readonly number[] {
  const known = readNumbers(json, sizes.block, first);
  if (known !== null) return known;
  const { last } = db.prepare('SELECT last FROM blocks WHERE first = ?').get(first) as Row;
  const { ids } = sheetOf(db, first, Number(last));
  write(db, 'UPDATE facts SET ids = ? WHERE block = ?', JSON.stringify(ids), first);
  sizes.onDamaged?.(first);
  return ids;
}

/** First entry ids of the blocks of a segment. `segment`: its columns id, first, last and blocks. */
export function blocksOfSegment(db: DatabaseSyncInstance, sizes: Sizes, segment: Row): readonly number[] {
  const [id, first, last] = [Number(segment['id']), Number(segment['first']), Number(segment['last'])];
  const known = readNumbers(String(segment['blocks']), sizes.segment, first);
  if (known !== null) return known;
  const rows = db
    .prepare('SELECT first FROM blocks WHERE first BETWEEN ? AND ? ORDER BY first')
    .all(first, last) as Row[];
  const blocks = rows.map((row) => Number(row['first']));
  // The oldest blocks may be deleted. The segment's first id, deleted too, takes their places.
  while (blocks.length < sizes.segment) blocks.unshift(first);
  write(db, 'UPDATE segments SET blocks = ? WHERE id = ?', JSON.stringify(blocks), id);
  sizes.onDamaged?.(first);
  return blocks;
}

/** `null`: not `count` ascending numbers that start with `first`. */
function readNumbers(json: string, count: number, first: number): readonly number[] | null {
  try {
    const numbers: unknown = JSON.parse(json);
    if (!Array.isArray(numbers) || numbers.length !== count || numbers[0] !== first) return null;
    let before = first;
    for (const number of numbers as readonly unknown[]) {
      if (typeof number !== 'number' || number < before) return null;
      before = number;
    }
    return numbers as readonly number[];
  } catch {
    return null;
  }
}

function sheetOf(db: DatabaseSyncInstance, first: number, last: number): ShapeSheet {
  const sheet = new ShapeSheet();
  const rows = db
    .prepare('SELECT id, vmc_no AS vmcNo, kind, dir, cmd FROM entries WHERE id BETWEEN ? AND ? ORDER BY id')
    .iterate(first, last) as Iterable<Shaped>;
  for (const row of rows) sheet.add(row);
  return sheet;
}

/** Stores the result, so that it is computed once. A read-only connection computes it each time. */
function write(db: DatabaseSyncInstance, sql: string, value: string, key: number): void {
  try {
    db.prepare(sql).run(value, key);
  } catch {
    // The row stays as it was.
  }
}
