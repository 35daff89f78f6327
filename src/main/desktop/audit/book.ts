/**
 * Reads the audit trail page by page and verifies it. The whole file is verified on the first read, and again when its identity differs
 * from the identity that its writer left. Otherwise only added lines are verified.
 * Pages are read from the end; only line offsets stay in memory.
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
  notedEnd,
  type Anchors,
  type LinesFrom,
} from './lines';
import { allFaults, unprovenIn, type Unproven } from './unproven';

/** Lines read at once. */
const together = 500;

/** The current faults of the trail. */
export interface AuditFindings {
  readonly lines: number;
  readonly faults: ReadonlyMap<number, AuditFault>;
  /** Lines are missing at the end. */
  readonly isCut: boolean;
}

export class AuditBook {
  readonly #file: string;
  readonly #anchors: () => Anchors;
  readonly #settled: () => Promise<void>;
  /** The offset of each line, and its number in the chain. */
  #starts: number[] = [];
  #numbers: number[] = [];
  #unproven: Unproven[] = [];
  #faults = new Map<number, AuditFault>();
  #bytes = 0;
  /** The verified part of the file, up to its last complete line. */
  #checked: LinesFrom = fromBegin;
  /** The identity of the file at the last check; `null`: unknown. */
  #known: string | null = null;
  /** The identity that the writer left since then; `null`: nothing was written. */
  #left: string | null = null;
  #turn: Promise<unknown> = Promise.resolve();

  /** `settled` resolves when pending lines and the end file are on the disk. */
  constructor(file: string, anchors: () => Anchors, settled: () => Promise<void>) {
    this.#file = file;
    this.#anchors = anchors;
    this.#settled = settled;
  }

  /** The expected content has changed: verify the whole file again. */
  forget(): void {
    this.#known = null;
  }

  /** The writer found the file with identity `found` and left it with `left`. */
  written(found: string, left: string): void {
    if (this.#known === null || (this.#left ?? this.#known) !== found) this.#known = null;
    else this.#left = left;
  }

  /** The newest `limit` lines before line `before` (`null`: from the end). @throws Error if the file can't be read */
  async page(filter: AuditFilter, before: number | null, limit: number): Promise<AuditPage> {
    return this.#inTurn(() => this.#page(filter, before, limit));
  }

  /** @throws Error if the file can't be read */
  async findings(): Promise<AuditFindings> {
    return this.#inTurn(() => this.#findings());
  }

  async #inTurn<T>(ask: () => Promise<T>): Promise<T> {
    const mine = this.#turn.then(ask);
    this.#turn = mine.catch(() => undefined);
    return mine;
  }

  async #findings(): Promise<AuditFindings> {
    // Lines are written before the end file. The end known before the check must exist; lines after it may still lack proof.
    const before = this.#knownEnd();
    await this.#check();
    const { end } = this.#checked;
    if (!isSameEnd(end, before)) await this.#settled();
    const after = this.#knownEnd();
    const from = firstUnproven(after, isSameEnd(end, after) || (await this.#isThere(after)));
    return {
      lines: this.#starts.length,
      faults: allFaults(this.#numbers, this.#faults, this.#unproven, from),
      isCut: before.n > end.n,
    };
  }

  #knownEnd(): AuditEnd {
    return knownEnd(notedEnd(this.#file), this.#anchors());
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

  /** The matching lines from `from` backwards. */
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

  /** Verifies the part of the file that is not verified yet. */
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
    // Lines added during the check are verified now or the next time.
    this.#known = found;
    this.#left = null;
    for await (const one of auditLines(this.#file, this.#anchors(), this.#checked)) {
      this.#starts[one.line - 1] = one.from;
      this.#numbers[one.line - 1] = one.end.n;
      const unproven = one.fault === null && one.isWhole ? unprovenIn(one.line, one.entry) : null;
      if (unproven !== null) this.#unproven.push(unproven);
      if (one.fault !== null) this.#faults.set(one.line, one.fault);
      this.#bytes = one.to;
      // A line that is still being written is read again.
      if (one.isWhole) this.#checked = { lines: one.line, bytes: one.to, end: one.end };
      else this.#known = null;
    }
  }
}

const hasFault = (faults: AuditFindings['faults'], first: number, last: number): boolean =>
  [...faults.keys()].some((line) => line >= first && line <= last);

/** The entry of a verified line. */
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
/** Any change to the file changes at least one of these. */
export const identity = ({ ino, size, mtimeNs, ctimeNs }: Identity): string =>
  `${ino} ${size} ${mtimeNs} ${ctimeNs}`;

/** '': the file does not exist. */
async function identityOf(file: string): Promise<string> {
  return stat(file, { bigint: true }).then(identity, () => '');
}
