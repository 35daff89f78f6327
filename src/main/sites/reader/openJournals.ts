/**
 * The journals of a site on this computer. This thread alone writes, repairs and replaces their files. A damaged file is moved
 * aside, and its journal is read again from the broker (rebuild.ts).
 */
import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Retention } from '#shared/model/journal';
import { finishSetAside, isDamage, setJournalAside } from '../../journal/embed';
import type { JournalDamage, SiteGrowth } from '../calls';
import type { Folds } from '../fold/folds';
import type { ReceivedBatch } from '../wire/batch';
import { DamagedRebuild, newestAside, Rebuild } from './rebuild';
import { SiteJournal } from './siteJournal';
import { ReadAgain } from './siteReader';

export interface OpenJournalsParts {
  readonly id: string;
  readonly directory: string;
  /** The thread that folds. */
  readonly folds: Folds;
  readonly onGrowth: (growth: SiteGrowth) => void;
  readonly problem: (detail: string) => void;
  /** The file is about to be replaced. Resolves when nobody else of this process has it open. */
  readonly replacing: (file: string) => Promise<void>;
  /** The file may be opened again. */
  readonly replaced: (file: string) => void;
  readonly retention: () => Retention;
  readonly now: () => number;
  /** The stream must be read from its first message. */
  readonly onReread: () => void;
  /** The file of a journal was found damaged outside of a message. */
  readonly onDamage: (journal: string) => void;
}

/** [ours] Journals of one site. It begins another if its data folder is replaced; a hostile one can make up names. */
export const mostJournals = 32;
/** [ours] Journals that are open at once; the least recently used one is closed. */
export const mostOpen = 4;
/** [ours] Names that are counted. */
const mostLeftOut = 1_000;

/** This computer can't write what it read. */
class DiskRefused extends Error {
  override readonly name = 'DiskRefused';
}

export class OpenJournals {
  readonly #parts: OpenJournalsParts;
  readonly #open = new Map<string, SiteJournal>();
  readonly #grown = new Set<string>();
  /** Names of journals that are not read. */
  readonly #leftOut = new Set<string>();
  /** The newest entry of each journal. */
  readonly #lasts = new Map<string, number>();
  /** Journals that must be read again, because their file was damaged. */
  readonly #rebuilds = new Map<string, Rebuild>();
  /** Journals that were read again in this launch because of damaged entries. */
  readonly #cured = new Set<string>();
  #until: number | null = null;

  constructor(parts: OpenJournalsParts) {
    this.#parts = parts;
  }

  /** Time of the newest entry that is here; `null`: none. */
  get until(): number | null {
    return this.#until;
  }

  /** The newest entry of each journal. */
  get lasts(): ReadonlyMap<string, number> {
    return this.#lasts;
  }

  get leftOut(): number {
    return this.#leftOut.size;
  }

  /** Journals that must be read again. */
  get rebuilds(): readonly string[] {
    return [...this.#rebuilds.keys()];
  }

  /** The open ones. */
  get all(): readonly SiteJournal[] {
    return [...this.#open.values()];
  }

  /** Opens the journals that are here already. */
  async begin(): Promise<void> {
    const files = readdirSync(this.#parts.directory);
    const named = (form: RegExp): readonly string[] => files.flatMap((name) => form.exec(name)?.[1] ?? []);
    for (const name of named(/^([\da-f-]{36})\.again\.sqlite$/))
      this.#rebuilds.set(name, new Rebuild(this.#againOf(name), this.#parts.folds));
    for (const name of new Set([...named(/^([\da-f-]{36})\.sqlite$/), ...this.#rebuilds.keys()])) {
      if (!this.hasRoom(name)) continue;
      try {
        await this.#journalOf(name);
      } catch (error) {
        this.#problem(`${name} can't be opened (${String(error)})`);
      }
    }
  }

  #problem(detail: string): void {
    this.#parts.problem(`site ${this.#parts.id}: ${detail}`);
  }

  #fileOf(name: string): string {
    return join(this.#parts.directory, `${name}.sqlite`);
  }

  /** A journal that is being read again. */
  #againOf(name: string): string {
    return join(this.#parts.directory, `${name}.again.sqlite`);
  }

  async #journalOf(name: string): Promise<SiteJournal> {
    const known = this.#open.get(name);
    if (known !== undefined) {
      // Move to the end of the order.
      this.#open.delete(name);
      this.#open.set(name, known);
      return known;
    }
    while (this.#open.size >= mostOpen) await this.#closeOldest();
    const journal = this.#register(name, await this.#opened(name));
    this.#retain(name, journal);
    return journal;
  }

  #register(name: string, journal: SiteJournal): SiteJournal {
    this.#open.set(name, journal);
    void this.#guarded(name, () => journal.takeName(name));
    this.#noteNewest(name, journal);
    return journal;
  }

  #noteNewest(name: string, journal: SiteJournal): void {
    this.#lasts.set(name, journal.written);
    this.#grown.add(name);
    const { to } = journal.facts();
    if (to !== null && (this.#until === null || to > this.#until)) this.#until = to;
  }

  async #opened(name: string): Promise<SiteJournal> {
    const file = this.#fileOf(name);
    // A kill may have come before its records were in the new file.
    const aside = this.#rebuilds.has(name) ? newestAside(file) : null;
    if (aside !== null) finishSetAside(file, aside);
    try {
      return await SiteJournal.open(file, this.#parts.folds, aside);
    } catch (error) {
      if (!isDamage(error)) throw error;
      return this.#setAside(name);
    }
  }

  /** Moves a damaged file aside. Its readable records are in a new one at once, and all is read again from the broker. */
  async #setAside(name: string): Promise<SiteJournal> {
    const file = this.#fileOf(name);
    this.#open.get(name)?.abandon();
    this.#open.delete(name);
    this.#readAgain(name);
    await this.#parts.replacing(file);
    try {
      const aside = setJournalAside(file, 'damaged');
      this.#problem(
        `${basename(file)} is damaged and was renamed to ${basename(aside)}; its entries are read again from the broker`,
      );
      return await SiteJournal.open(file, this.#parts.folds, aside);
    } finally {
      this.#parts.replaced(file);
    }
  }

  #readAgain(name: string): void {
    const rebuild = this.#rebuilds.get(name) ?? new Rebuild(this.#againOf(name), this.#parts.folds);
    rebuild.begin();
    this.#rebuilds.set(name, rebuild);
    this.#parts.onReread();
  }

  /** Another reader of the file found damage. */
  async repair(name: string, what: JournalDamage): Promise<void> {
    if (!this.#lasts.has(name)) return;
    if (what === 'file') this.#register(name, await this.#setAside(name));
    // The broker may not have them any more, and then they stay damaged.
    else if (!this.#cured.has(name)) {
      this.#cured.add(name);
      this.#readAgain(name);
    }
  }

  async #closeOldest(): Promise<void> {
    for (const [name, journal] of this.#open) {
      await this.#settleOne(name, journal);
      await this.#reportGrowth(name);
      this.#open.delete(name);
      await this.#guarded(name, () => journal.close());
      return;
    }
  }

  /** Whether the journal is read. Counts it otherwise. */
  hasRoom(name: string): boolean {
    if (this.#leftOut.has(name)) return false;
    if (this.#lasts.has(name) || this.#lasts.size < mostJournals) return true;
    this.#leaveOut(name, `more than ${mostJournals} journals`);
    return false;
  }

  #leaveOut(name: string, why: string): void {
    if (this.#leftOut.size === 0) this.#problem(`${why}: ${name} is not read, and maybe others`);
    if (this.#leftOut.size < mostLeftOut) this.#leftOut.add(name);
  }

  /** Changes a journal, or the new file if that one is damaged. @throws Error if this computer can't write it */
  async change<T>(name: string, write: (journal: SiteJournal) => T): Promise<T> {
    if (!this.hasRoom(name)) throw new Error(`${name} is not read`);
    const journal = await this.#journalOf(name);
    this.#grown.add(name);
    try {
      return write(journal);
    } catch (error) {
      if (!isDamage(error)) throw error;
      return write(this.#register(name, await this.#setAside(name)));
    }
  }

  /**
   * Resolves when all earlier batches are stored; `settle` stores this one. `isFromFirst`: the stream is read from its first message.
   * @throws ReadAgain, or DiskRefused
   */
  async take(name: string, batch: ReceivedBatch, isFromFirst: boolean): Promise<void> {
    await this.settle(name);
    try {
      const before = this.#rebuilds.get(name);
      const journal = await this.#journalOf(name);
      const rebuild = this.#rebuilds.get(name);
      if (rebuild !== before) throw new ReadAgain();
      // The broker may have the entries in messages that were not read: it lost them, and got them again under other numbers.
      if (!isFromFirst && journal.misses(batch)) throw new ReadAgain();
      const gap = rebuild === undefined ? await journal.take(batch) : await rebuild.take(batch, journal);
      if (gap !== null) this.#problem(`entries ${gap.from} to ${gap.to} of ${name} are missing`);
      this.#noteNewest(name, journal);
      if (!journal.isOversized && rebuild?.isOversized !== true) return;
      this.#leaveOut(name, 'too many machines or connections');
      await this.#reportGrowth(name);
      this.#open.delete(name);
      this.#rebuilds.delete(name);
      rebuild?.drop();
      await journal.close();
    } catch (error) {
      await this.#failed(name, error);
    }
  }

  /** Stores what is taken, except of one journal. @throws ReadAgain, or DiskRefused */
  async settle(except: string | null = null): Promise<void> {
    for (const [name, journal] of this.#open) if (name !== except) await this.#settleOne(name, journal);
  }

  async #settleOne(name: string, journal: SiteJournal): Promise<void> {
    if (journal.written === journal.last) return;
    try {
      await journal.settle();
      this.#noteNewest(name, journal);
    } catch (error) {
      await this.#failed(name, error);
    }
  }

  /** All messages are read: a journal that was read again takes the place of the damaged one. @throws ReadAgain, or DiskRefused */
  async endRebuild(name: string): Promise<void> {
    const rebuild = this.#rebuilds.get(name);
    if (rebuild === undefined) return;
    const file = this.#fileOf(name);
    try {
      const damaged = await this.#journalOf(name);
      await this.#parts.replacing(file);
      try {
        await rebuild.replace(damaged, file);
        this.#rebuilds.delete(name);
        this.#open.delete(name);
        await this.#journalOf(name);
      } finally {
        this.#parts.replaced(file);
      }
      this.#problem(`${basename(file)} was read again from the broker`);
    } catch (error) {
      await this.#failed(name, error);
    }
  }

  async #failed(name: string, error: unknown): Promise<never> {
    if (error instanceof ReadAgain) throw error;
    if (error instanceof DamagedRebuild) {
      this.#rebuilds.get(name)?.startOver();
      throw new ReadAgain();
    }
    if (isDamage(error)) {
      const renewed = await this.#setAside(name).catch((refused: unknown) => this.#failed(name, refused));
      this.#register(name, renewed);
      throw new ReadAgain();
    }
    // Entries that are not on disk must not count as read. The file is opened again.
    this.#open.get(name)?.abandon();
    this.#open.delete(name);
    this.#rebuilds.get(name)?.abandon();
    throw new DiskRefused(String(error), { cause: error });
  }

  report(): void {
    for (const name of this.#grown)
      this.#reportGrowth(name).catch((error: unknown) => this.#problem(`${name} (${String(error)})`));
  }

  async #reportGrowth(name: string): Promise<void> {
    const journal = this.#open.get(name);
    if (!this.#grown.delete(name) || journal === undefined) return;
    const machines = await journal.changes();
    this.#parts.onGrowth({
      site: this.#parts.id,
      journal: name,
      file: this.#fileOf(name),
      facts: journal.facts(),
      commands: journal.commands,
      machines,
    });
  }

  retain(): void {
    for (const [name, journal] of this.#open) this.#retain(name, journal);
  }

  #retain(name: string, journal: SiteJournal): void {
    void this.#guarded(name, () => journal.retain(this.#parts.retention(), this.#parts.now()));
  }

  /** An error of one journal's file must not end the thread, which serves all sites. */
  async #guarded(name: string, act: () => void | Promise<void>): Promise<void> {
    try {
      await act();
    } catch (error) {
      this.#problem(`${name} (${String(error)})`);
      if (isDamage(error)) this.#parts.onDamage(name);
    }
  }

  async close(): Promise<void> {
    for (const [name, journal] of this.#open) await this.#guarded(name, () => journal.close());
    this.#open.clear();
    for (const [name, rebuild] of this.#rebuilds) await this.#guarded(name, () => rebuild.close());
  }
}
