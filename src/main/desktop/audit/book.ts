/**
 * The audit trail as it is looked at, page by page. All of its file is checked at the first look, and again whenever it is another than it was left by whoever
 * writes it; else only what was added. Pages are read from the end of the file, and of each line only where it begins is remembered.
 */
import { open, stat, type FileHandle } from 'node:fs/promises';
import type { AuditEnd, AuditEntry, AuditFault, AuditFilter, AuditPage, AuditRow } from '#shared/model/audit';
import {
  auditLines,
  endMissing,
  firstUnproven,
  fromBegin,
  hasText,
  isSameEnd,
  knownEnd,
  passes,
  toldEnd,
  type Anchors,
  type LinesFrom,
} from './lines';
import { allFaults, unprovenIn, type Unproven } from './unproven';

/** Lines that are read at once. */
const together = 500;

/** What is wrong with the trail as it is now. */
export interface AuditFindings {
  readonly lines: number;
  readonly faults: ReadonlyMap<number, AuditFault>;
  /** Lines are missing at its end. */
  readonly isCut: boolean;
}

export class AuditBook {
  readonly #file: string;
  readonly #anchors: () => Anchors;
  readonly #settled: () => Promise<void>;
  /** Where each line begins, and its number in the chain. */
  #starts: number[] = [];
  #numbers: number[] = [];
  #unproven: Unproven[] = [];
  #faults = new Map<number, AuditFault>();
  #bytes = 0;
  /** All that has an end of line. */
  #checked: LinesFrom = fromBegin;
  /** How the file was when it was looked at last; `null`: as nobody knows. */
  #known: string | null = null;
  /** How whoever writes it has left it since; `null`: nothing was written. */
  #left: string | null = null;
  #turn: Promise<unknown> = Promise.resolve();

  /** `settled`: lines that are being written are on the disk, and their end too. */
  constructor(file: string, anchors: () => Anchors, settled: () => Promise<void>) {
    this.#file = file;
    this.#anchors = anchors;
    this.#settled = settled;
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
    return this.#inTurn(() => this.#page(filter, before, limit));
  }

  /** @throws Error where the file can't be read */
  async findings(): Promise<AuditFindings> {
    return this.#inTurn(() => this.#findings());
  }

  async #inTurn<T>(ask: () => Promise<T>): Promise<T> {
    const mine = this.#turn.then(ask);
    this.#turn = mine.catch(() => undefined);
    return mine;
  }

  async #findings(): Promise<AuditFindings> {
    // Lines are written before their end: what was the end before they are read must be there, and what is after it may not be proven.
    const before = await this.#knownEnd();
    await this.#check();
    const { end } = this.#checked;
    if (!isSameEnd(end, before)) await this.#settled();
    const after = await this.#knownEnd();
    const from = firstUnproven(after, isSameEnd(end, after) || (await this.#isThere(after)));
    return {
      lines: this.#starts.length,
      faults: allFaults(this.#numbers, this.#faults, this.#unproven, from),
      isCut: before.n > end.n,
    };
  }

  async #knownEnd(): Promise<AuditEnd> {
    return knownEnd(await toldEnd(this.#file), this.#anchors());
  }

  async #isThere(end: AuditEnd): Promise<boolean> {
    const line = this.#numbers.lastIndexOf(end.n) + 1;
    if (line === 0) return false;
    const handle = await open(this.#file);
    try {
      const [text = ''] = await this.#texts(handle, line, line);
      return text.endsWith(`,"hash":"${end.hash}"}`);
    } finally {
      await handle.close();
    }
  }

  async #page(filter: AuditFilter, before: number | null, limit: number): Promise<AuditPage> {
    const { lines: last, faults, isCut } = await this.#findings();
    const rows: AuditRow[] = [];
    if (isCut && (before === null || before > last + 1)) rows.push(endMissing(last + 1));
    for await (const row of this.#backwards(filter, faults, Math.min(last, (before ?? Infinity) - 1))) {
      rows.push(row);
      if (rows.length > limit) break;
    }
    return {
      rows: rows.slice(0, limit),
      hasMore: rows.length > limit,
      lines: last + Number(isCut),
      faults: faults.size + Number(isCut),
    };
  }

  /** Line `from` and those before it that pass. */
  async *#backwards(
    filter: AuditFilter,
    faults: AuditFindings['faults'],
    from: number,
  ): AsyncGenerator<AuditRow> {
    if (from < 1) return;
    const handle = await open(this.#file);
    try {
      for (let upTo = from; upTo > 0; upTo -= together) {
        const first = Math.max(1, upTo - together + 1);
        if (filter.result === 'broken' && !hasFault(faults, first, upTo)) continue;
        const texts = await this.#texts(handle, first, upTo);
        for (let line = upTo; line >= first; line -= 1) {
          const text = texts[line - first] ?? '';
          const fault = faults.get(line) ?? null;
          if (fault === null && filter.acts.length === 0 && !hasText(text, filter)) continue;
          const row = { line, entry: fault === 'unreadable' ? null : entryOf(text), fault };
          if (passes(row, text, filter)) yield row;
        }
      }
    } finally {
      await handle.close();
    }
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
      this.#numbers = [];
      this.#unproven = [];
      this.#faults = new Map();
      this.#checked = fromBegin;
    }
    // Lines that are added meanwhile are looked at now or the next time.
    this.#known = found;
    this.#left = null;
    for await (const one of auditLines(this.#file, this.#anchors(), this.#checked)) {
      this.#starts[one.line - 1] = one.from;
      this.#numbers[one.line - 1] = one.end.n;
      const unproven = one.fault === null && one.isWhole ? unprovenIn(one.line, one.entry) : null;
      if (unproven !== null) this.#unproven.push(unproven);
      if (one.fault !== null) this.#faults.set(one.line, one.fault);
      this.#bytes = one.to;
      // One that is being written is read again.
      if (one.isWhole) this.#checked = { lines: one.line, bytes: one.to, end: one.end };
      else this.#known = null;
    }
  }
}

const hasFault = (faults: AuditFindings['faults'], first: number, last: number): boolean =>
  [...faults.keys()].some((line) => line >= first && line <= last);

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
