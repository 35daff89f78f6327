/**
 * Reads pages of an SQLite file that SQLite itself rejects. Committed pages of
 * the log next to the file replace those of the file.
 * Format: https://www.sqlite.org/fileformat2.html
 */
import { Buffer } from 'node:buffer';
import { closeSync, existsSync, fstatSync, openSync, readSync } from 'node:fs';

/** Crema's page size, for files with an unreadable header. */
const usualSize = 8_192;
const walHeader = 32;
const walFrame = 24;
const walMagic = new Set([0x37_7f_06_82, 0x37_7f_06_83]);

/** Offset of each page in the log, by page number. */
interface Log {
  readonly fd: number;
  readonly pages: ReadonlyMap<number, number>;
}

export class DatabasePages {
  readonly #fd: number;
  readonly #log: Log | null;
  /** Bytes per page. */
  readonly size: number;
  readonly count: number;

  constructor(file: string) {
    this.#fd = openSync(file, 'r');
    const { size: length } = fstatSync(this.#fd);
    this.size = pageSizeIn(read(this.#fd, 0, 100));
    this.#log = existsSync(`${file}-wal`) ? openLog(`${file}-wal`, this.size) : null;
    this.count = Math.max(Math.floor(length / this.size), ...(this.#log?.pages.keys() ?? []));
  }

  /** `number` starts at 1; `null` if the page does not exist. */
  page(number: number): Buffer | null {
    if (!Number.isInteger(number) || number < 1 || number > this.count) return null;
    const logged = this.#log?.pages.get(number);
    const bytes =
      this.#log === null || logged === undefined
        ? read(this.#fd, (number - 1) * this.size, this.size)
        : read(this.#log.fd, logged, this.size);
    return bytes.length === this.size ? bytes : null;
  }

  close(): void {
    closeSync(this.#fd);
    if (this.#log !== null) closeSync(this.#log.fd);
  }
}

function read(fd: number, from: number, length: number): Buffer {
  const bytes = Buffer.allocUnsafe(length);
  return bytes.subarray(0, readSync(fd, bytes, 0, length, from));
}

function pageSizeIn(header: Buffer): number {
  if (header.length < 18) return usualSize;
  const size = header.readUInt16BE(16);
  // 1 stands for 65,536, which does not fit the field.
  if (size === 1) return 65_536;
  return size >= 512 && (size & (size - 1)) === 0 ? size : usualSize;
}

/**
 * A frame of an earlier use of the log has other salts. Frames after the last commit were never part of the database.
 */
function openLog(file: string, size: number): Log | null {
  const fd = openSync(file, 'r');
  const header = read(fd, 0, walHeader);
  if (header.length < walHeader || !walMagic.has(header.readUInt32BE(0)) || header.readUInt32BE(8) !== size) {
    closeSync(fd);
    return null;
  }
  const salts = header.subarray(16, 24);
  const pages = new Map<number, number>();
  let uncommitted: [page: number, at: number][] = [];
  for (let at = walHeader; ; at += walFrame + size) {
    const frame = read(fd, at, walFrame);
    if (frame.length < walFrame || !frame.subarray(8, 16).equals(salts)) return { fd, pages };
    uncommitted.push([frame.readUInt32BE(0), at + walFrame]);
    if (frame.readUInt32BE(4) === 0) continue;
    for (const [page, place] of uncommitted) pages.set(page, place);
    uncommitted = [];
  }
}
