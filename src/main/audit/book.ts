/**
 * The audit trail as it is looked at, page by page. All of its file is checked at the first look, and again whenever it is another than it was left by whoever
 * writes it; else only what was added. Pages are read from the end of the file, and of each line only where it begins is remembered.
 */
import { open, stat, type FileHandle } from 'node:fs/promises';
import type { AuditEntry, AuditFault, AuditFilter, AuditPage, AuditRow } from '#shared/model/audit';
import {
  auditLines,
  endMissing,
  fromBegin,
  hasText,
  lastTold,
  passes,
  toldEnd,
  type Anchors,
  type LinesFrom,
} from './lines';

/** Lines that are read at once. */
const together = 500;

export class AuditBook {
  readonly #file: string;
  readonly #anchors: () => Anchors;
  /** Where each line begins. */
  #starts: number[] = [];
  #faults = new Map<number, AuditFault>();
  #bytes = 0;
  /** All that has an end of line. */
  #checked: LinesFrom = fromBegin;
  /** How the file was when it was looked at last; `null`: as nobody knows. */
  #known: string | null = null;
  /** How whoever writes it has left it since; `null`: nothing was written. */
  #left: string | null = null;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(file: string, anchors: () => Anchors) {
    this.#file = file;
    this.#anchors = anchors;
  }

  /** What there must be is another now: all is checked anew. */
  forget(): void {
    this.#known = null;
  }

  /** Whoever writes the file found it like this, and left it like that. */
  written(found: string, left: string): void {
    if (this.#known === null || (this.#left ?? this.#known) !== found) this.#known = null;
    else this.#left = left;
  }

  /** The newest `limit` lines that are older than line `before` (`null`: than none). @throws Error where the file can't be read */
  async page(filter: AuditFilter, before: number | null, limit: number): Promise<AuditPage> {
    const mine = this.#turn.then(() => this.#page(filter, before, limit));
    this.#turn = mine.catch(() => undefined);
    return mine;
  }

  async #page(filter: AuditFilter, before: number | null, limit: number): Promise<AuditPage> {
    await this.#check();
    const last = this.#starts.length;
    const isCut = lastTold(await toldEnd(this.#file), this.#anchors()) > this.#checked.end.n;
    const rows: AuditRow[] = [];
    if (isCut && (before === null || before > last + 1)) rows.push(endMissing(last + 1));
    for await (const row of this.#backwards(filter, Math.min(last, (before ?? Infinity) - 1))) {
      rows.push(row);
      if (rows.length > limit) break;
    }
    return {
      rows: rows.slice(0, limit),
      hasMore: rows.length > limit,
      lines: last + Number(isCut),
      faults: this.#faults.size + Number(isCut),
    };
  }

  /** Line `from` and those before it that pass. */
  async *#backwards(filter: AuditFilter, from: number): AsyncGenerator<AuditRow> {
    if (from < 1) return;
    const handle = await open(this.#file);
    try {
      for (let upTo = from; upTo > 0; upTo -= together) {
        const first = Math.max(1, upTo - together + 1);
        if (filter.result === 'broken' && !this.#hasFault(first, upTo)) continue;
        const texts = await this.#texts(handle, first, upTo);
        for (let line = upTo; line >= first; line -= 1) {
          const text = texts[line - first] ?? '';
          const fault = this.#faults.get(line) ?? null;
          if (fault === null && filter.acts.length === 0 && !hasText(text, filter)) continue;
          const row = { line, entry: fault === 'unreadable' ? null : entryOf(text), fault };
          if (passes(row, text, filter)) yield row;
        }
      }
    } finally {
      await handle.close();
    }
  }

  #hasFault(first: number, last: number): boolean {
    return [...this.#faults.keys()].some((line) => line >= first && line <= last);
  }

  async #texts(handle: FileHandle, first: number, last: number): Promise<readonly string[]> {
    const from = this.#starts[first - 1] ?? 0;
    const to = this.#starts[last] ?? this.#bytes;
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(to - from), 0, to - from, from);
    return buffer.toString('utf8', 0, bytesRead).split('\n');
  }

  /** Brings what is known up to how the file is. */
  async #check(): Promise<void> {
    const found = await identityOf(this.#file);
    const isOurs = this.#known !== null && found === (this.#left ?? this.#known);
    if (isOurs && this.#left === null) return;
    if (!isOurs) {
      this.#starts = [];
      this.#faults = new Map();
      this.#checked = fromBegin;
    }
    // Lines that are added meanwhile are looked at now or the next time.
    this.#known = found;
    this.#left = null;
    for await (const one of auditLines(this.#file, this.#anchors(), this.#checked)) {
      this.#starts[one.line - 1] = one.from;
      if (one.fault !== null) this.#faults.set(one.line, one.fault);
      this.#bytes = one.to;
      // One that is being written is read again.
      if (one.isWhole) this.#checked = { lines: one.line, bytes: one.to, end: one.end };
      else this.#known = null;
    }
  }
}

/** Of a line that was checked. */
function entryOf(text: string): AuditEntry | null {
  try {
    const { hash: _, ...entry } = JSON.parse(text) as AuditEntry & { readonly hash: string };
    return entry;
  } catch {
    return null;
  }
}

interface Identity {
  readonly ino: bigint;
  readonly size: bigint;
  readonly mtimeNs: bigint;
  readonly ctimeNs: bigint;
}
/** Whoever changes a file changes one of these. */
export const identity = ({ ino, size, mtimeNs, ctimeNs }: Identity): string =>
  `${ino} ${size} ${mtimeNs} ${ctimeNs}`;

/** '': there is none. */
async function identityOf(file: string): Promise<string> {
  return stat(file, { bigint: true }).then(identity, () => '');
}
