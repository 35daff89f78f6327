/** A site that this computer reads: its journals in one folder, and how far its stream was read. */
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Command } from '#shared/model/command';
import type { Retention } from '#shared/model/journal';
import type { SiteProgress } from '#shared/model/sites';
import type { SiteGrowth } from '../calls';
import { PlaceFile } from '../placeFile';
import { isGoing } from '../pause';
import type { Broker } from '../uplink/uplink';
import { SiteJournal } from './siteJournal';
import { ConsumerLost, ReadAgain, readSite, type ReadBatch, type StreamPlace } from './siteReader';

/**
 * How far the stream was read. `created`: when it was made; another time means another stream. `seq`, `at`: the last message.
 * `journals`: the newest entry of each journal then. A power loss can take entries that SQLite had written already. Then a journal
 * ends before its entry here, and the place does not count.
 */
const keptPlace = z.strictObject({
  created: z.string(),
  seq: z.int().min(0),
  at: z.string(),
  journals: z.record(z.string(), z.int().min(0)),
});
type Place = z.infer<typeof keptPlace>;

export interface ReadSiteParts {
  readonly id: string;
  readonly directory: string;
  readonly report: (change: Partial<SiteProgress>) => void;
  readonly onGrowth: (growth: SiteGrowth) => void;
  readonly problem: (detail: string) => void;
  readonly retention: () => Retention;
  readonly now: () => number;
}

/** ms between reports, and of work before other tasks of the thread have a turn. */
const reportEvery = 1_000;
const turn = 50;
const retainEvery = 600_000;

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

export class ReadSite {
  readonly #parts: ReadSiteParts;
  readonly #places: PlaceFile<Place>;
  readonly #journals = new Map<string, SiteJournal>();
  readonly #grown = new Set<string>();
  /** Names of journals that are not read. */
  readonly #leftOut = new Set<string>();
  /** The newest entry of each journal. */
  readonly #lasts = new Map<string, number>();
  /** The stream's last message when its consumer was lost; 0: none was. */
  #lostAt = 0;
  #place: Omit<Place, 'journals'> | null = null;
  /** The stream is read from its first message: a gap that is found now is really there. */
  #isFromFirst = false;
  #unread = 0;
  #heardAt: number | null = null;
  #isPlaceNew = false;
  #until: number | null = null;
  #turnEnd = 0;
  #reported = 0;
  #retained = 0;

  constructor(parts: ReadSiteParts) {
    this.#parts = parts;
    mkdirSync(parts.directory, { recursive: true, mode: 0o700 });
    this.#places = new PlaceFile(join(parts.directory, 'place.json'), keptPlace);
  }

  /** Opens the journals that are here already, so that a site which is away is shown as of when it was read. */
  async open(): Promise<void> {
    for (const name of readdirSync(this.#parts.directory)) {
      const journal = /^([\da-f-]{36})\.sqlite$/.exec(name)?.[1];
      if (journal === undefined || !this.#hasRoom(journal)) continue;
      try {
        await this.#journalOf(journal);
      } catch (error) {
        this.#parts.problem(`site ${this.#parts.id}: ${name} can't be opened (${String(error)})`);
      }
    }
    const kept = this.#places.read();
    const isDurable = Object.entries(kept?.journals ?? {}).every(
      ([name, last]) => (this.#lasts.get(name) ?? 0) >= last,
    );
    this.#place = isDurable ? kept : null;
    this.#report();
  }

  /** Time of the newest entry that is here; `null`: none. */
  get until(): number | null {
    return this.#until;
  }

  async #journalOf(name: string): Promise<SiteJournal> {
    const known = this.#journals.get(name);
    if (known !== undefined) {
      // Move to the end of the order.
      this.#journals.delete(name);
      this.#journals.set(name, known);
      return known;
    }
    while (this.#journals.size >= mostOpen) this.#closeOldest();
    const journal = await SiteJournal.open(this.#fileOf(name));
    this.#guarded(name, () => journal.retain(this.#parts.retention(), this.#parts.now()));
    this.#journals.set(name, journal);
    this.#lasts.set(name, journal.last);
    this.#grown.add(name);
    const { to } = journal.facts();
    if (to !== null && (this.#until === null || to > this.#until)) this.#until = to;
    return journal;
  }

  #closeOldest(): void {
    for (const [name, journal] of this.#journals) {
      this.#reportGrowth(name);
      this.#journals.delete(name);
      this.#guarded(name, () => journal.close());
      return;
    }
  }

  /** Whether the journal is read. Counts it otherwise. */
  #hasRoom(name: string): boolean {
    if (this.#leftOut.has(name)) return false;
    if (this.#lasts.has(name) || this.#lasts.size < mostJournals) return true;
    this.#leaveOut(name, `more than ${mostJournals} journals`);
    return false;
  }

  #leaveOut(name: string, why: string): void {
    if (this.#leftOut.size === 0)
      this.#parts.problem(`site ${this.#parts.id}: ${why}: ${name} is not read, and maybe others`);
    if (this.#leftOut.size < mostLeftOut) this.#leftOut.add(name);
  }

  /** Commands that a person here gave, of all journals: a command can still be proved after it was given up. */
  followedCommands(): readonly Command[] {
    return [...this.#journals.values()].flatMap((journal) => journal.followedCommands());
  }

  /** A command that a person here gave, as the site knows it now. @throws Error if this computer can't write it */
  async keepCommand(name: string, command: Command): Promise<void> {
    if (!this.#hasRoom(name)) throw new Error(`${name} is not read`);
    (await this.#journalOf(name)).keepCommand(command);
    this.#grown.add(name);
    this.#report();
  }

  #fileOf(journal: string): string {
    return join(this.#parts.directory, `${journal}.sqlite`);
  }

  /** Reads until `signal`. @throws the broker's errors, and DiskRefused */
  async read(broker: Broker, signal: AbortSignal): Promise<void> {
    const timer = setInterval(() => this.#report(), reportEvery);
    try {
      while (isGoing(signal)) {
        try {
          await this.#readOn(broker, signal);
          return;
        } catch (error) {
          if (error instanceof ConsumerLost) this.#lostAt = error.lastSeq;
          else if (error instanceof ReadAgain) this.#place = null;
          else throw error;
        }
      }
    } finally {
      clearInterval(timer);
      this.#report();
    }
  }

  #readOn({ client, manager }: Broker, signal: AbortSignal): Promise<void> {
    let created = '';
    const parts = {
      client,
      manager,
      after: (stream: { readonly created: string; readonly lastSeq: number }): StreamPlace | null => {
        ({ created } = stream);
        const place = this.#place;
        const isSame = place?.created === created && place.seq <= stream.lastSeq;
        this.#isFromFirst = !isSame;
        // The same entries again cost time only.
        return isSame ? place : null;
      },
      take: async (read: ReadBatch): Promise<void> => {
        await this.#take(read);
        this.#place = { created, ...read.place };
        this.#isPlaceNew = true;
        this.#unread = read.pending;
        this.#heardAt = this.#parts.now();
        if (performance.now() < this.#turnEnd) return;
        if (performance.now() - this.#reported > reportEvery) this.#report();
        // The broker's messages may arrive faster than they are folded.
        await new Promise((resolve) => setImmediate(resolve));
        this.#turnEnd = performance.now() + turn;
      },
      late: (messages: number): void => {
        this.#unread = messages;
        this.#report();
      },
      upToDate: (): void => {
        this.#unread = 0;
        const facts = { behind: 0, until: this.#until, leftOut: this.#leftOut.size };
        this.#parts.report({ status: 'upToDate', trouble: null, ...facts });
      },
    };
    return readSite({ ...parts, lostAt: this.#lostAt }, signal);
  }

  /** @throws ReadAgain, or DiskRefused */
  async #take({ journal: name, place, batch: decode }: ReadBatch): Promise<void> {
    if (!this.#hasRoom(name)) return;
    const batch = decode();
    if (batch === null) {
      this.#parts.problem(`site ${this.#parts.id}: message ${place.seq} of ${name} is unreadable`);
      return;
    }
    try {
      const journal = await this.#journalOf(name);
      // The broker may have the entries in messages that were not read: it lost them, and got them again under other numbers.
      if (!this.#isFromFirst && journal.misses(batch)) throw new ReadAgain();
      const gap = journal.take(batch);
      if (gap !== null)
        this.#parts.problem(
          `site ${this.#parts.id}: entries ${gap.from} to ${gap.to} of ${name} are missing`,
        );
      this.#lasts.set(name, journal.last);
      const { to } = journal.facts();
      if (to !== null && (this.#until === null || to > this.#until)) this.#until = to;
      this.#grown.add(name);
      if (journal.isOversized) {
        this.#leaveOut(name, 'too many machines or connections');
        this.#reportGrowth(name);
        this.#journals.delete(name);
        journal.close();
      }
    } catch (error) {
      if (error instanceof ReadAgain) throw error;
      // Entries that are not on disk must not count as read. The file is opened again.
      this.#journals.get(name)?.abandon();
      this.#journals.delete(name);
      throw new DiskRefused(String(error), { cause: error });
    }
  }

  #report(): void {
    this.#reported = performance.now();
    this.#keepPlace();
    this.#retain();
    const facts = {
      behind: this.#unread,
      until: this.#until,
      heardAt: this.#heardAt,
      leftOut: this.#leftOut.size,
    };
    this.#parts.report(this.#unread > 0 ? { status: 'moving', trouble: null, ...facts } : facts);
    for (const name of this.#grown) this.#reportGrowth(name);
  }

  #reportGrowth(name: string): void {
    const journal = this.#journals.get(name);
    if (!this.#grown.delete(name) || journal === undefined) return;
    this.#parts.onGrowth({
      site: this.#parts.id,
      journal: name,
      file: this.#fileOf(name),
      facts: journal.facts(),
      commands: journal.commands,
      machines: journal.changes(),
    });
  }

  /** SQLite has each batch before the place moves on: a kill in between reads some messages again. See `keptPlace` for a power loss. */
  #keepPlace(): void {
    const place = this.#place;
    if (place === null || !this.#isPlaceNew) return;
    try {
      this.#places.keep({ ...place, journals: Object.fromEntries(this.#lasts) });
      this.#isPlaceNew = false;
    } catch (error) {
      this.#parts.problem(`site ${this.#parts.id}: its place can't be kept (${String(error)})`);
    }
  }

  #retain(): void {
    if (performance.now() - this.#retained < retainEvery) return;
    this.#retained = performance.now();
    for (const [name, journal] of this.#journals)
      this.#guarded(name, () => journal.retain(this.#parts.retention(), this.#parts.now()));
  }

  /** An error of one journal's file must not end the thread, which serves all sites. */
  #guarded(name: string, act: () => void): void {
    try {
      act();
    } catch (error) {
      this.#parts.problem(`site ${this.#parts.id}: ${name} (${String(error)})`);
    }
  }

  close(): void {
    for (const [name, journal] of this.#journals) this.#guarded(name, () => journal.close());
    this.#journals.clear();
  }
}
