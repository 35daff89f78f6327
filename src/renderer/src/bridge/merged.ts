/** Reads rows of several sources into one list: a page of a source only when the list needs it. */
import type { AppError } from '#shared/contract/errors';
import type { Result } from '#shared/contract/requests/index';
import { mergedRows, trimmed, type MergedPlace, type MergedRow, type Part } from '../store/merged';
import { emptyPages, type Log, type Pages } from '../store/pages';

/** [ours] Sources asked at once: fewer than main keeps open (captureJournals.ts), so that other views stay quick. */
const mostAtOnce = 4;
/** [ours] ms that the list waits for a source. */
export const patience = 3_000;
/** ms between two changes of the list by news. */
const newsPace = 300;
/** A shorter list reads older rows by itself: it may not fill its height. */
const fewRows = 100;
/** Rows of a page: with many sources the first pages alone would fill the list. */
const pageSize = (sources: number): number => (sources > 20 ? 50 : 200);

export interface MergedPage<Row> {
  /** Newest first. Without rows it is the last. */
  readonly rows: readonly Row[];
  readonly isLast: boolean;
}

type Change<Row, Cursor> = (log: Log<Row, Cursor>) => Log<Row, Cursor>;

/** The questions to a source. */
export interface MergedQuestions<Row, Cursor> {
  readonly pages: Pages<Row, Cursor>;
  readonly atOf: (row: Row) => number;
  readonly idOf: (row: Row) => number;
  readonly cursorOf: (row: Row) => Cursor;
  /** `before` `null`: the newest rows. */
  readonly read: (
    place: MergedPlace,
    before: Cursor | null,
    limit: number,
    isActive: () => boolean,
  ) => Promise<Result<MergedPage<Row>>>;
  /** The changes of a source since it had `entries` entries. */
  readonly readNews: (
    place: MergedPlace,
    known: { readonly log: Log<Row, Cursor>; readonly entries: number },
    limit: number,
    isActive: () => boolean,
  ) => Promise<Result<Change<Row, Cursor>>>;
}

/** A source, and the number of its entries; `null`: its news come without a question. */
export interface MergedSource extends MergedPlace {
  readonly entries: number | null;
  /** See `until` of a part. */
  readonly until: number | null;
}

export interface MergedState<Row> {
  readonly rows: readonly MergedRow<Row>[];
  readonly begun: boolean;
  readonly complete: boolean;
  readonly isFull: boolean;
  /** Sources that are not in the list, or not completely. */
  readonly late: readonly string[];
  readonly failed: readonly { readonly site: string; readonly error: AppError }[];
}
export const nothingMerged: MergedState<never> = {
  rows: [],
  begun: false,
  complete: false,
  isFull: false,
  late: [],
  failed: [],
};

/** Log changes of a page. `addPage` and `renew` take a page that is shorter than its limit for the last. */
export const limitOf = ({ isLast }: { readonly isLast: boolean }): number => (isLast ? Infinity : 0);

interface Known {
  /** Entries when its news were last read, and entries now. */
  entries: number | null;
  latest: number | null;
  isReading: boolean;
}

type Reading<Row, Cursor> = (
  part: Part<Row, Cursor>,
  isActive: () => boolean,
) => Promise<Result<Change<Row, Cursor>>>;

export class MergedReader<Row, Cursor> {
  readonly #ask: MergedQuestions<Row, Cursor>;
  readonly #onChange: (state: MergedState<Row>) => void;
  #parts: readonly Part<Row, Cursor>[] = [];
  readonly #known = new Map<number | null, Known>();
  readonly #timers = new Set<ReturnType<typeof setTimeout>>();
  /** Waiting readings. */
  readonly #queue: (() => Promise<void>)[] = [];
  #running = 0;
  /** Cancels the next report of news. */
  #stopReport: (() => void) | null = null;
  #isOver = false;

  constructor(ask: MergedQuestions<Row, Cursor>, onChange: (state: MergedState<Row>) => void) {
    this.#ask = ask;
    this.#onChange = onChange;
  }

  /** The present sources: new ones are read, gone ones are dropped, grown ones are asked for news. */
  show(sources: readonly MergedSource[]): void {
    for (const capture of this.#known.keys())
      if (sources.every((one) => one.capture !== capture)) this.#known.delete(capture);
    this.#parts = sources.map(({ capture, site, until }) => {
      const known = this.#parts.find(({ place }) => place.capture === capture);
      const place = known?.place.site === site ? known.place : { capture, site };
      return known === undefined
        ? { place, log: emptyPages, begun: false, isLate: false, error: null, until }
        : { ...known, place, until };
    });
    for (const { capture, entries } of sources) {
      const known = this.#known.get(capture);
      if (known === undefined) this.#begin(capture, entries);
      else {
        known.latest = entries;
        this.#readNews(capture);
      }
    }
    this.#report();
  }

  /** Rows of a source that came without a question; `skipped`: others were left out before them. */
  addNews(capture: number | null, rows: readonly Row[], skipped: number): void {
    if (skipped > 0) {
      // Its list begins again with the newest rows, and older ones are read when needed.
      this.#change(capture, { log: emptyPages, begun: false });
      this.#begin(capture, this.#known.get(capture)?.latest ?? null);
      return;
    }
    this.#changeLog(capture, (log) => this.#ask.pages.addNews(log, rows));
    this.#reportSoon();
  }

  /** Reads older rows. */
  readonly more = (): void => {
    for (const { capture } of mergedRows(this.#parts, this.#ask).next) this.#readPage(capture);
  };

  /** Asks the sources again that could not be read. */
  readonly again = (): void => {
    // Meanwhile the list stays as it is.
    for (const { place, error } of this.#parts) if (error !== null) this.#readPage(place.capture);
  };

  end(): void {
    this.#isOver = true;
    this.#queue.length = 0;
    for (const timer of this.#timers) clearTimeout(timer);
  }

  #part(capture: number | null): Part<Row, Cursor> | undefined {
    return this.#parts.find(({ place }) => place.capture === capture);
  }

  #change(capture: number | null, change: Partial<Part<Row, Cursor>>): void {
    this.#parts = this.#parts.map((part) => (part.place.capture === capture ? { ...part, ...change } : part));
  }

  #changeLog(capture: number | null, change: Change<Row, Cursor>): void {
    const part = this.#part(capture);
    if (part === undefined) return;
    const log = change(part.log);
    // News below the pages are read with their page.
    this.#change(capture, { log: part.begun ? { ...log, rows: this.#ask.pages.shown(log) } : log });
    this.#parts = trimmed(this.#parts, this.#ask);
  }

  /** An earlier reading of the source is ignored from now on. */
  #begin(capture: number | null, entries: number | null): void {
    this.#known.set(capture, { entries, latest: entries, isReading: false });
    if (this.#part(capture)?.until == null) this.#readPage(capture);
  }

  #readPage(capture: number | null): void {
    this.#reading(capture, async (part, isActive) => {
      const { read, pages } = this.#ask;
      const { begun, log } = part;
      const reply = await read(part.place, begun ? log.cursor : null, pageSize(this.#parts.length), isActive);
      if (!reply.ok) return reply;
      const page = reply.value;
      return { ok: true, value: (now) => pages.addPage(now, page.rows, limitOf(page)) };
    });
  }

  #readNews(capture: number | null): void {
    const known = this.#known.get(capture);
    if (known?.latest == null || known.latest === known.entries) return;
    const part = this.#part(capture);
    if (part?.begun !== true) {
      // The first page will have them. Of a source that failed it is read now.
      known.entries = known.latest;
      if (part !== undefined && part.error !== null) this.#readPage(capture);
      return;
    }
    this.#reading(capture, async ({ place, log }, isActive) => {
      const since = known.entries ?? 0;
      known.entries = known.latest;
      const limit = pageSize(this.#parts.length);
      const reply = await this.#ask.readNews(place, { log, entries: since }, limit, isActive);
      if (!reply.ok) known.entries = since;
      return reply;
    });
  }

  /** One reading of a source at a time, and of few sources at once. */
  #reading(capture: number | null, read: Reading<Row, Cursor>): void {
    const known = this.#known.get(capture);
    if (known === undefined || known.isReading) return;
    known.isReading = true;
    const isActive = (): boolean => !this.#isOver && this.#known.get(capture) === known;
    const stopWait = this.#after(patience, () => {
      if (!isActive()) return;
      this.#change(capture, { isLate: true });
      this.#report();
    });
    this.#queue.push(async () => {
      const part = this.#part(capture);
      if (part === undefined || !isActive()) return;
      const reply = await read(part, isActive);
      stopWait();
      if (!isActive()) return;
      known.isReading = false;
      this.#change(capture, { isLate: false, error: reply.ok ? null : reply.error });
      if (reply.ok) {
        this.#change(capture, { begun: true });
        this.#changeLog(capture, reply.value);
        this.#readNews(capture);
      }
      this.#report();
    });
    this.#next();
  }

  #after(ms: number, act: () => void): () => void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      act();
    }, ms);
    this.#timers.add(timer);
    return () => {
      clearTimeout(timer);
      this.#timers.delete(timer);
    };
  }

  #next(): void {
    const run = this.#running < mostAtOnce ? this.#queue.shift() : undefined;
    if (run === undefined) return;
    this.#running += 1;
    let hasTurn = true;
    const release = (): void => {
      if (!hasTurn) return;
      hasTurn = false;
      this.#running -= 1;
      this.#next();
    };
    // A slow source keeps no turn from the others.
    const stopWait = this.#after(patience, release);
    void run().finally(() => {
      stopWait();
      release();
    });
  }

  #reportSoon(): void {
    this.#stopReport ??= this.#after(newsPace, () => this.#report());
  }

  #report(): void {
    this.#stopReport?.();
    this.#stopReport = null;
    if (this.#isOver) return;
    const { rows, next, complete, isFull } = mergedRows(this.#parts, this.#ask);
    if (rows.length < fewRows) for (const { capture } of next) this.#readPage(capture);
    this.#onChange({
      rows,
      complete,
      isFull,
      begun: this.#parts.every(
        ({ begun, isLate, error, until }) => begun || isLate || error !== null || until !== null,
      ),
      late: this.#parts.filter(({ isLate }) => isLate).map(({ place }) => place.site),
      failed: this.#parts.flatMap(({ place, error }) =>
        error === null ? [] : [{ site: place.site, error }],
      ),
    });
  }
}
