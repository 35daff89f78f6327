/**
 * The journal's own index: every 512 entries are one block, with the set of what can be found in it, how much of what it holds, and
 * its time span. It only ever grows at its end, so the thousandth million of frames costs what the first did.
 */
import type { DatabaseSyncInstance, StatementSyncInstance } from '@photostructure/sqlite';
import type { Row } from './columns';
import type { StoredEntry } from './entries';
import { eachToken, partBytes, parts, tokenCount } from './tokens';

export const blockSize = 512;

export interface Block {
  readonly first: number;
  readonly last: number;
  /** ms; the earliest and the latest in it. */
  readonly firstAt: number;
  readonly lastAt: number;
}

/** How many frames of each command and direction (`in hb`), and how many frames of each machine. */
export interface BlockCounts {
  readonly cmds: Readonly<Record<string, number>>;
  readonly machines: Readonly<Record<string, number>>;
}

/** Gathers entries into blocks; a full one is written with the entries that filled it. */
export class BlockWriter {
  readonly #insert: StatementSyncInstance;
  readonly #insertPart: StatementSyncInstance;
  #bits = new Uint8Array(tokenCount / 8);
  #cmds = new Map<string, number>();
  #machines = new Map<number, number>();
  #count = 0;
  #first = 0;
  #firstAt = Infinity;
  #lastAt = -Infinity;

  constructor(db: DatabaseSyncInstance) {
    this.#insert = db.prepare(
      'INSERT INTO blocks (first, last, first_at, last_at, counts) VALUES (?,?,?,?,?)',
    );
    this.#insertPart = db.prepare('INSERT INTO tokens (part, block, bits) VALUES (?,?,?)');
  }

  add(entry: StoredEntry): void {
    if (this.#count === 0) this.#first = entry.id;
    this.#count += 1;
    this.#firstAt = Math.min(this.#firstAt, entry.at);
    this.#lastAt = Math.max(this.#lastAt, entry.at);
    const bits = this.#bits;
    eachToken(entry, (token) => {
      const at = token >>> 3;
      bits[at] = (bits[at] ?? 0) | (1 << (token & 7));
    });
    if (entry.kind === 'frame' || entry.kind === 'junk') {
      const cmd = entry.kind === 'frame' ? `${entry.dir} ${entry.cmd?.toLowerCase() ?? ''}` : 'junk';
      this.#cmds.set(cmd, (this.#cmds.get(cmd) ?? 0) + 1);
      if (entry.vmcNo !== null) this.#machines.set(entry.vmcNo, (this.#machines.get(entry.vmcNo) ?? 0) + 1);
    }
    if (this.#count === blockSize) this.#write(entry.id);
  }

  #write(last: number): void {
    const counts: BlockCounts = {
      cmds: Object.fromEntries(this.#cmds),
      machines: Object.fromEntries(this.#machines),
    };
    this.#insert.run(this.#first, last, this.#firstAt, this.#lastAt, JSON.stringify(counts));
    for (let part = 0; part < parts; part += 1) {
      const bits = this.#bits.subarray(part * partBytes, (part + 1) * partBytes);
      if (bits.some((byte) => byte !== 0)) this.#insertPart.run(part, this.#first, bits);
    }
    this.clear();
  }

  /** Forgets what is gathered: what it was gathered from was not written, or will be gathered again. */
  clear(): void {
    this.#bits = new Uint8Array(tokenCount / 8);
    this.#cmds = new Map();
    this.#machines = new Map();
    this.#count = 0;
    this.#firstAt = Infinity;
    this.#lastAt = -Infinity;
  }
}

/** One thing a row must have: any of these numbers. */
export type Requirement = readonly number[];
/** Rows must meet all requirements of one of the alternatives. */
export type Alternatives = readonly (readonly Requirement[])[];

/** Blocks looked at in one go: few at first, as the newest often suffice, then more and more. */
const firstStride = 64;
const lastStride = 4_096;

export interface BlockSpan {
  /** Ids: only blocks that hold some above `after` and below `below`. */
  readonly after: number;
  readonly below: number;
  /** ms since 1970. */
  readonly from: number;
  readonly to: number;
}

/** Blocks that may hold what is looked for. */
export function* candidateBlocks(
  db: DatabaseSyncInstance,
  alternatives: Alternatives,
  span: BlockSpan,
  order: 'newestFirst' | 'oldestFirst',
): Generator<Block> {
  const direction = order === 'newestFirst' ? 'DESC' : 'ASC';
  const select = db.prepare(
    `SELECT first, last, first_at, last_at FROM blocks
     WHERE first > ? AND first < ? AND last_at >= ? AND first_at <= ? ORDER BY first ${direction} LIMIT ?`,
  );
  const sets = new TokenSets(db);
  // The block that holds the id itself may go on behind it.
  const { first } = db.prepare('SELECT max(first) AS first FROM blocks WHERE first <= ?').get(span.after) as {
    readonly first: number | null;
  };
  let [above, below] = [(first ?? 0) - 1, span.below];
  for (let stride = firstStride; ; stride = Math.min(2 * stride, lastStride)) {
    const rows = select.all(above, below, span.from, span.to, stride) as Row[];
    const blocks = rows.map((row) => ({
      first: Number(row['first']),
      last: Number(row['last']),
      firstAt: Number(row['first_at']),
      lastAt: Number(row['last_at']),
    }));
    const begin = blocks[0]?.first;
    const end = blocks.at(-1)?.first;
    if (begin === undefined || end === undefined) return;
    const fitting = sets.fitting(alternatives, Math.min(begin, end), Math.max(begin, end));
    for (const block of blocks) if (fitting === null || fitting.has(block.first)) yield block;
    if (blocks.length < stride) return;
    if (order === 'newestFirst') below = end;
    else above = end;
  }
}

/** Looks into the sets of blocks; SQLite reads the one byte that matters. */
class TokenSets {
  readonly #among: StatementSyncInstance;
  readonly #one: StatementSyncInstance;

  constructor(db: DatabaseSyncInstance) {
    this.#among = db.prepare(
      'SELECT block, substr(bits, ?, 1) AS byte FROM tokens WHERE part = ? AND block BETWEEN ? AND ? AND substr(bits, ?, 1) <> ?',
    );
    this.#one = db.prepare('SELECT substr(bits, ?, 1) AS byte FROM tokens WHERE part = ? AND block = ?');
  }

  /** Of the blocks from `first` to `last`, those that one of the alternatives may be in; `null`: all of them. */
  fitting(alternatives: Alternatives, first: number, last: number): ReadonlySet<number> | null {
    if (alternatives.some((required) => required.length === 0)) return null;
    const found = new Set<number>();
    for (const required of alternatives) {
      // The one with the fewest choices rules out most.
      const [rarest, ...others] = required.toSorted((a, b) => a.length - b.length);
      for (const block of this.#having(rarest ?? [], first, last)) {
        if (!found.has(block) && others.every((any) => any.some((token) => this.#has(block, token))))
          found.add(block);
      }
    }
    return found;
  }

  #having(any: Requirement, first: number, last: number): ReadonlySet<number> {
    const blocks = new Set<number>();
    for (const token of any) {
      const { part, at, bit } = placeOf(token);
      const rows = this.#among.all(at + 1, part, first, last, at + 1, zero) as Row[];
      for (const { block, byte } of rows) {
        if (byte instanceof Uint8Array && ((byte[0] ?? 0) & bit) !== 0) blocks.add(Number(block));
      }
    }
    return blocks;
  }

  #has(block: number, token: number): boolean {
    const { part, at, bit } = placeOf(token);
    const row = this.#one.get(at + 1, part, block) as Row | undefined;
    return row?.['byte'] instanceof Uint8Array && ((row['byte'][0] ?? 0) & bit) !== 0;
  }
}

const zero = Uint8Array.of(0);

/** Where a number stands: the row, the byte in it, and the bit in that. */
function placeOf(token: number): { readonly part: number; readonly at: number; readonly bit: number } {
  const part = Math.floor(token / (partBytes * 8));
  return { part, at: (token >>> 3) - part * partBytes, bit: 1 << (token & 7) };
}
