/** A site that this computer reads: its journals in one folder, and how far its stream was read. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Command } from '#shared/model/command';
import type { Mark, MarkChange } from '#shared/model/journal';
import type { SiteProgress } from '#shared/model/sites';
import type { JournalDamage } from '../calls';
import { PlaceFile } from '../placeFile';
import { isGoing } from '../pause';
import type { Broker } from '../uplink/uplink';
import { OpenJournals, type OpenJournalsParts } from './openJournals';
import type { SiteJournal } from './siteJournal';
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

export interface ReadSiteParts extends Omit<OpenJournalsParts, 'onReread' | 'onDamage'> {
  readonly report: (change: Partial<SiteProgress>) => void;
}

/** ms between reports, and of work before other tasks of the thread have a turn. */
const reportEvery = 1_000;
const turn = 50;
const retainEvery = 600_000;

export class ReadSite {
  readonly #parts: ReadSiteParts;
  readonly #places: PlaceFile<Place>;
  readonly #journals: OpenJournals;
  /** The stream's last message when its consumer was lost; 0: none was. */
  #lostAt = 0;
  #place: Omit<Place, 'journals'> | null = null;
  /** The last message that was taken but is not stored yet; `null`: none. */
  #ahead: Omit<Place, 'journals'> | null = null;
  /** The stream is read from its first message: a gap that is found now is really there. */
  #isFromFirst = false;
  /** Journals that are read again since the first message. */
  #rebuilding: readonly string[] = [];
  /** Aborts when the stream must be read from its first message. */
  #rereading = new AbortController();
  /** One task at a time changes the journals. */
  #turn: Promise<unknown> = Promise.resolve();
  #unread = 0;
  #heardAt: number | null = null;
  #isPlaceNew = false;
  #turnEnd = 0;
  #reported = 0;
  #retained = 0;

  constructor(parts: ReadSiteParts) {
    this.#parts = parts;
    mkdirSync(parts.directory, { recursive: true, mode: 0o700 });
    this.#places = new PlaceFile(join(parts.directory, 'place.json'), keptPlace);
    this.#journals = new OpenJournals({
      ...parts,
      onReread: () => {
        this.#place = null;
        this.#ahead = null;
        this.#rereading.abort();
      },
      onDamage: (name) => {
        void this.repair(name, 'file').catch((error: unknown) =>
          parts.problem(`site ${parts.id}: ${String(error)}`),
        );
      },
    });
  }

  /** Opens the journals that are here already, so that a site which is away is shown as of when it was read. */
  async open(): Promise<void> {
    await this.#journals.begin();
    const { lasts, rebuilds } = this.#journals;
    const kept = this.#places.read();
    const isDurable = Object.entries(kept?.journals ?? {}).every(
      ([name, last]) => (lasts.get(name) ?? 0) >= last,
    );
    this.#place = isDurable && rebuilds.length === 0 ? kept : null;
    this.#report();
  }

  /** Time of the newest entry that is here; `null`: none. */
  get until(): number | null {
    return this.#journals.until;
  }

  /** Commands that a person here gave, of all journals: a command can still be proved after it was given up. */
  followedCommands(): readonly Command[] {
    return this.#journals.all.flatMap((journal) => journal.followedCommands());
  }

  /** A command that a person here gave, as the site knows it now. @throws Error if this computer can't write it */
  keepCommand(name: string, command: Command): Promise<void> {
    return this.#change(name, (journal) => journal.keepCommand(command));
  }

  /** Returns the new row. @throws Error if this computer can't write it */
  changeMark(name: string, change: MarkChange): Promise<Mark> {
    return this.#change(name, (journal) => journal.changeMark(change));
  }

  #change<T>(name: string, write: (journal: SiteJournal) => T): Promise<T> {
    return this.#inTurn(async () => {
      const changed = await this.#journals.change(name, write);
      this.#report();
      return changed;
    });
  }

  /** A window's reader of the journal found damage. */
  repair(name: string, what: JournalDamage): Promise<void> {
    return this.#inTurn(async () => {
      await this.#journals.repair(name, what);
      this.#report();
    });
  }

  #inTurn<T>(work: () => T | Promise<T>): Promise<T> {
    const done = this.#turn.then(work);
    this.#turn = done.catch(() => undefined);
    return done;
  }

  /** Reads until `signal`. @throws the broker's errors, and DiskRefused */
  async read(broker: Broker, signal: AbortSignal): Promise<void> {
    const timer = setInterval(() => this.#report(), reportEvery);
    try {
      while (isGoing(signal)) {
        this.#rereading = new AbortController();
        try {
          await this.#readOn(broker, AbortSignal.any([signal, this.#rereading.signal]));
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

  async #readOn({ client, manager }: Broker, signal: AbortSignal): Promise<void> {
    let created = '';
    const parts = {
      client,
      manager,
      after: (stream: { readonly created: string; readonly lastSeq: number }): StreamPlace | null => {
        ({ created } = stream);
        const place = this.#place;
        const isSame = place?.created === created && place.seq <= stream.lastSeq;
        this.#isFromFirst = !isSame;
        this.#rebuilding = isSame ? [] : this.#journals.rebuilds;
        // The same entries again cost time only.
        return isSame ? place : null;
      },
      take: async (read: ReadBatch): Promise<void> => {
        await this.#inTurn(async () => {
          if (signal.aborted) return;
          await this.#stored(() => this.#take(read));
          if (!this.#rereading.signal.aborted) this.#ahead = { created, ...read.place };
        });
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
      upToDate: async (): Promise<void> => {
        await this.#inTurn(async () => {
          await this.#settle();
          if (!signal.aborted) await this.#endRebuilds();
        });
        if (signal.aborted) return;
        this.#unread = 0;
        const { until, leftOut } = this.#journals;
        this.#parts.report({ status: 'upToDate', trouble: null, behind: 0, until, leftOut });
      },
    };
    try {
      await readSite({ ...parts, lostAt: this.#lostAt }, signal);
    } finally {
      await this.#inTurn(() => this.#settle());
    }
  }

  /** Stores the last message. @throws ReadAgain, or DiskRefused */
  #settle(): Promise<void> {
    return this.#stored(() => this.#journals.settle());
  }

  /** The place moves on when `store` has stored the last message. */
  async #stored(store: () => Promise<void>): Promise<void> {
    const ahead = this.#ahead;
    this.#ahead = null;
    await store();
    if (ahead === null || this.#rereading.signal.aborted) return;
    this.#place = ahead;
    this.#isPlaceNew = true;
  }

  /** Resolves when all earlier messages are stored. @throws ReadAgain, or DiskRefused */
  async #take({ journal: name, place, batch: decode }: ReadBatch): Promise<void> {
    const batch = this.#journals.hasRoom(name) ? decode() : undefined;
    if (batch === undefined) return this.#journals.settle();
    if (batch === null) {
      this.#parts.problem(`site ${this.#parts.id}: message ${place.seq} of ${name} is unreadable`);
      return this.#journals.settle();
    }
    await this.#journals.take(name, batch, this.#isFromFirst);
  }

  async #endRebuilds(): Promise<void> {
    const names = this.#rebuilding;
    this.#rebuilding = [];
    for (const name of names) await this.#journals.endRebuild(name);
    if (names.length === 0) return;
    this.#isPlaceNew = true;
    this.#report();
  }

  #report(): void {
    this.#reported = performance.now();
    this.#keepPlace();
    this.#retain();
    const { until, leftOut } = this.#journals;
    const facts = { behind: this.#unread, until, heardAt: this.#heardAt, leftOut };
    this.#parts.report(this.#unread > 0 ? { status: 'moving', trouble: null, ...facts } : facts);
    this.#journals.report();
  }

  /** SQLite has each batch before the place moves on: a kill in between reads some messages again. See `keptPlace` for a power loss. */
  #keepPlace(): void {
    const place = this.#place;
    if (place === null || !this.#isPlaceNew) return;
    try {
      this.#places.keep({ ...place, journals: Object.fromEntries(this.#journals.lasts) });
      this.#isPlaceNew = false;
    } catch (error) {
      this.#parts.problem(`site ${this.#parts.id}: its place can't be kept (${String(error)})`);
    }
  }

  #retain(): void {
    if (performance.now() - this.#retained < retainEvery) return;
    this.#retained = performance.now();
    this.#journals.retain();
  }

  close(): Promise<void> {
    return this.#inTurn(() => this.#journals.close());
  }
}
