/**
 * After damage, a journal is read again into a second file from the broker's messages. Entries that the broker has no more come from
 * the damaged journal. The file exists from the moment of the damage, so a kill leaves the task.
 */
import { readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, parse } from 'node:path';
import type { StoredEntry } from '#shared/model/frame';
import { packEntries, unpacked } from '../../journal/api';
import { isDamage } from '../../journal/embed';
import { batchLimits, receivedFrom, type ReceivedBatch } from '../wire/batch';
import { lastOf } from '../wire/lastOf';
import type { Folds } from '../fold/folds';
import { gapEntry, gapOf, type Gap } from './gap';
import { SiteJournal } from './siteJournal';

const suffixes = ['', '-wal', '-shm'] as const;
const remove = (file: string, which: readonly string[] = suffixes): void => {
  for (const suffix of which) rmSync(file + suffix, { force: true });
};

/** The second file is damaged too. Everything in it is elsewhere, so it is made again. */
export class DamagedRebuild extends Error {
  override readonly name = 'DamagedRebuild';
}

export class Rebuild {
  readonly #file: string;
  readonly #folds: Folds;
  #journal: SiteJournal | null = null;

  constructor(file: string, folds: Folds) {
    this.#file = file;
    this.#folds = folds;
  }

  /** From now on the journal must be read again, also after a kill. */
  begin(): void {
    writeFileSync(this.#file, '', { flag: 'a', mode: 0o600 });
  }

  get isOversized(): boolean {
    return this.#journal?.isOversized ?? false;
  }

  /**
   * Writes what is new in a message, after older entries that only the other journal has. Returns the entries that are missing
   * before it; `null`: none. @throws DamagedRebuild, or SQLite's errors of `other`
   */
  async take(batch: ReceivedBatch, other: SiteJournal): Promise<Gap | null> {
    const journal = await this.#opened();
    const { first, last } = lastOf(batch.entries);
    if (last <= journal.last) return null;
    await this.#copyEntries(other, journal, first - 1);
    return this.#own(async () => {
      const gap = await journal.take(batch);
      await journal.settle();
      return gap;
    });
  }

  /** All messages were taken: this journal takes the place of `other`, which is closed. */
  async replace(other: SiteJournal, file: string): Promise<void> {
    const journal = await this.#opened();
    await this.#copyEntries(other, journal, Infinity);
    await this.#own(() => journal.checkpoint());
    await other.close();
    journal.takeOver(file);
    await this.close();
    // A log at this path would change the new file.
    remove(file, suffixes.slice(1));
    renameSync(this.#file, file);
  }

  /** Deletes the file. The journal must still be read again. */
  startOver(): void {
    this.abandon();
    remove(this.#file);
    this.begin();
  }

  /** The journal is not read any more. */
  drop(): void {
    this.abandon();
    remove(this.#file);
  }

  abandon(): void {
    this.#journal?.abandon();
    this.#journal = null;
  }

  async close(): Promise<void> {
    await this.#journal?.close();
    this.#journal = null;
  }

  async #opened(): Promise<SiteJournal> {
    try {
      return (this.#journal ??= await SiteJournal.open(this.#file, this.#folds));
    } catch (error) {
      throw isDamage(error) ? new DamagedRebuild(String(error)) : error;
    }
  }

  async #own<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw isDamage(error) ? new DamagedRebuild(String(error)) : error;
    }
  }

  /** Copies entries up to `upTo` that are newer than those of the new journal. Missing ones become gaps. */
  async #copyEntries(from: SiteJournal, into: SiteJournal, upTo: number): Promise<void> {
    for (;;) {
      const { last } = into;
      const { entries: most, bytes } = batchLimits;
      // A page ends before a missing number.
      const entries = from.entriesAfter({ after: last, entries: most, bytes });
      if (entries.count === 0) return;
      const page = receivedFrom(lastOf(entries).first - 1, entries);
      const all = [...unpacked(page.entries, page.read)];
      const kept = all.filter(({ id }) => id <= upTo);
      const [first, ...others] = kept;
      if (first === undefined) return;
      const gap = gapOf(first);
      const part = (after: number, stored: readonly StoredEntry[]): ReceivedBatch =>
        receivedFrom(after, packEntries(stored));
      const batch =
        gap !== null
          ? part(last, [gapEntry({ from: Math.max(gap.from, last + 1), to: gap.to }, first.at), ...others])
          : kept.length < all.length
            ? part(page.after, kept)
            : page;
      await this.#own(() => into.take(batch));
    }
  }
}

/** The newest file that was moved aside as damaged; `null`: none. */
export function newestAside(file: string): string | null {
  const { dir, name, ext } = parse(file);
  const names = readdirSync(dir).filter((one) => one.startsWith(`${name}.damaged-`) && one.endsWith(ext));
  const newest = names.toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true })).at(-1);
  return newest === undefined ? null : join(dir, newest);
}
