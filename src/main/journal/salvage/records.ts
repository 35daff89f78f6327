/** Parses rows in the leaf pages of an SQLite table. */
import { Buffer } from 'node:buffer';
import type { Column } from '../store/columns';
import type { DatabasePages } from './pages';

/** The bytes are not an SQLite row, or a part of it is missing. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable';
}

export interface StoredRow {
  readonly id: number;
  /** In the order of the table's columns. The key column is null. */
  readonly values: readonly Column[];
}

/** Bytes of the database header at the start of page 1. */
const fileHeader = 100;
const pageKinds = { 0x05: 'branch', 0x0d: 'leaf', 0x02: 'indexBranch', 0x0a: 'indexLeaf' } as const;

export interface Page {
  readonly kind: (typeof pageKinds)[keyof typeof pageKinds];
  readonly bytes: Buffer;
  /** Offsets of its cells. */
  readonly cells: readonly number[];
  /** The child after the last cell; 0 for a leaf. */
  readonly last: number;
}

/** `null`: not a page of a table or an index. */
export function readPage(pages: DatabasePages, number: number): Page | null {
  const bytes = pages.page(number);
  if (bytes === null) return null;
  const start = number === 1 ? fileHeader : 0;
  const kind = pageKinds[bytes[start] as keyof typeof pageKinds] as Page['kind'] | undefined;
  if (kind === undefined) return null;
  const isBranch = kind === 'branch' || kind === 'indexBranch';
  const first = start + (isBranch ? 12 : 8);
  const count = bytes.readUInt16BE(start + 3);
  if (first + 2 * count > bytes.length) return null;
  const cells = Array.from({ length: count }, (_, i) => bytes.readUInt16BE(first + 2 * i));
  return { kind, bytes, cells, last: isBranch ? bytes.readUInt32BE(start + 8) : 0 };
}

/** Reads from an offset onwards. */
class Cursor {
  readonly #bytes: Buffer;
  at: number;

  constructor(bytes: Buffer, at: number) {
    this.#bytes = bytes;
    this.at = at;
  }

  /** @throws Unreadable */
  varint(): number {
    let value = 0;
    for (let n = 0; n < 8; n += 1) {
      const byte = this.#bytes[this.at];
      if (byte === undefined) throw new Unreadable('a number goes beyond its page');
      this.at += 1;
      value = value * 0x80 + (byte & 0x7f);
      if (byte < 0x80) return value;
      // Longer numbers are negative or above the safe integers. Crema writes none.
      if (!Number.isSafeInteger(value)) break;
    }
    throw new Unreadable('a number is too large');
  }

  /** @throws Unreadable */
  take(length: number): Buffer {
    if (length < 0 || this.at + length > this.#bytes.length)
      throw new Unreadable('a value goes beyond its bytes');
    this.at += length;
    return this.#bytes.subarray(this.at - length, this.at);
  }

  get isAtEnd(): boolean {
    return this.at >= this.#bytes.length;
  }
}

/** The row of a cell in a table leaf. @throws Unreadable */
export function rowIn(pages: DatabasePages, { bytes }: Page, cell: number): StoredRow {
  const cursor = new Cursor(bytes, cell);
  const length = cursor.varint();
  const id = cursor.varint();
  return { id, values: valuesIn(payload(pages, cursor, length, pages.size - 35)) };
}

/** Only the id of a row. @throws Unreadable */
export function idIn({ bytes }: Page, cell: number): number {
  const cursor = new Cursor(bytes, cell);
  cursor.varint();
  return cursor.varint();
}

/** The key of a cell in an index leaf. @throws Unreadable */
export function keyIn(pages: DatabasePages, { bytes }: Page, cell: number): readonly Column[] {
  const cursor = new Cursor(bytes, cell);
  const length = cursor.varint();
  const most = Math.floor(((pages.size - 12) * 64) / 255) - 23;
  return valuesIn(payload(pages, cursor, length, most));
}

/** The child page of a cell in a branch. @throws Unreadable */
export function childOf({ bytes }: Page, cell: number): number {
  return new Cursor(bytes, cell).take(4).readUInt32BE(0);
}

/** `most`: bytes stored on the page itself; longer rows continue in overflow pages. */
function payload(pages: DatabasePages, cursor: Cursor, length: number, most: number): Buffer {
  if (length <= most) return cursor.take(length);
  if (length < 0 || length > pages.count * pages.size) throw new Unreadable('a row is too long');
  const least = Math.floor(((pages.size - 12) * 32) / 255) - 23;
  const fitting = least + ((length - least) % (pages.size - 4));
  const parts = [cursor.take(fitting <= most ? fitting : least)];
  let next = cursor.take(4).readUInt32BE(0);
  for (let left = length - (parts[0]?.length ?? 0); left > 0;) {
    const page = pages.page(next);
    if (page === null) throw new Unreadable('a row continues on a missing page');
    const part = page.subarray(4, Math.min(page.length, 4 + left));
    parts.push(part);
    left -= part.length;
    next = page.readUInt32BE(0);
  }
  return Buffer.concat(parts);
}

function valuesIn(record: Buffer): readonly Column[] {
  const body = new Cursor(record, 0);
  const end = body.varint();
  if (end > record.length) throw new Unreadable('the kinds of values go beyond their row');
  const kinds = new Cursor(record.subarray(0, end), body.at);
  body.at = end;
  const values: Column[] = [];
  while (!kinds.isAtEnd) values.push(valueOf(kinds.varint(), body));
  if (!body.isAtEnd) throw new Unreadable('a row is longer than its values');
  return values;
}

const integerBytes = [0, 1, 2, 3, 4, 6, 8] as const;

function valueOf(kind: number, body: Cursor): Column {
  if (kind === 0) return null;
  if (kind === 8 || kind === 9) return kind - 8;
  if (kind === 7) return body.take(8).readDoubleBE(0);
  if (kind >= 12) {
    const bytes = body.take((kind - (kind % 2 === 0 ? 12 : 13)) / 2);
    return kind % 2 === 0 ? bytes : bytes.toString('utf8');
  }
  const length = integerBytes[kind];
  if (length === undefined) throw new Unreadable('a value is of no kind');
  if (length < 8) return body.take(length).readIntBE(0, length);
  const large = Number(body.take(8).readBigInt64BE(0));
  if (!Number.isSafeInteger(large)) throw new Unreadable('a number is too large');
  return large;
}
