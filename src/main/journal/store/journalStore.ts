/**
 * The journal on disk. It is synchronous, so it runs in the journal thread and the
 * command line tools, never on the thread that answers machines.
 */
import type { DatabaseSyncInstance, StatementSyncInstance } from '@photostructure/sqlite';
import type { Command } from '#shared/model/command';
import type { Diagnosis } from '#shared/model/diagnosis';
import type { Run, RunMachine } from '#shared/model/run';
import type { Fault, OrderRecord } from '#shared/model/history';
import type { FrameCount } from '#shared/model/frameCount';
import type { GroupTable } from '#shared/model/groups';
import type { Relations } from '#shared/model/relations';
import type { FaultSums } from '#shared/model/faultSums';
import type { JournalSize, Mark, Salvage } from '#shared/model/journal';
import { orderSums, type OrderSumsRequest, type PartialSums } from '../queries/orderSums';
import { BlockWriter } from '../index/blocks';
import { packedPage, type PackedQuery } from './packedPage';
import { MissingEntries } from './checksum';
import { numberOrNull, rowsOf, type Row } from './columns';
import type { StoredEntry } from '#shared/model/frame';
import { entryOf, isDamagedEntry } from './entries';
import { EntryInsert } from './insert';
import { entryColumns, OwnerWriter } from './owners';
import { PackedReader, packEntries, type PackedEntries } from '../client/packed';
import { faultSums, type FaultSumsRequest } from '../queries/faultSums';
import { countFrames, type CountQuery } from '../queries/count';
import { beginGroups, continueGroups, type Grouping, type GroupQuery } from '../queries/groups';
import { machinesOf } from '../queries/machinesOf';
import { framePage, type FrameQuery, type StoredPage } from '../queries/frames';
import { DamagedRows, isDamage, type OnDamaged } from './damaged';
import { HistoryTables } from './history';
import { carriedRows, carryFrom, carryOver, type CarriedRows } from './carryOver';
import { RunTables } from './runs';
import { Salvaging } from '../salvage/salvaging';
import { AuditEnds } from './auditEnds';
import { MachineStates, type KeptState } from './machineStates';
import { MarkTable } from './marks';
import { relationsOf } from '../queries/related';
import { journalSize, retain, type RetainArgs } from './retention';
import type { Sizes } from '../index/sizes';
import { identityOf, knownIdentity, renewIdentity, setIdentity } from './identity';
import { insertOriginals, Originals } from './originals';
import type { OriginalRun } from '../client/originalRuns';
import { factToken, facts } from '../index/tokens';

/** The rows of one transaction. */
export interface Batch {
  readonly entries: PackedEntries;
  readonly faults: readonly Fault[];
  readonly orders: readonly OrderRecord[];
  readonly commands: readonly Command[];
  readonly machines: readonly KeptState[];
  readonly marks?: readonly Mark[];
  readonly originals?: readonly OriginalRun[];
  readonly diagnoses?: readonly Diagnosis[];
  readonly runs?: readonly Run[];
  readonly runLines?: readonly RunMachine[];
  /**
   * The newest entry before the batch. If that entry is missing, the batch
   * is refused. Without `follows` there is no check.
   */
  readonly follows?: number;
}

/** Entries of these connections, above `after` and up to `upTo`. */
export interface EntriesOf {
  readonly conns: readonly number[];
  readonly after: number;
  readonly upTo: number;
  readonly limit: number;
}

export interface JournalIdentity {
  readonly name: string;
  readonly last: number;
  readonly isSalvaging: boolean;
}

export interface PackedPage extends JournalIdentity {
  readonly entries: PackedEntries;
}

export interface LastNumbers {
  readonly entry: number;
  readonly conn: number;
  readonly command: number;
  readonly diagnosis: number;
  readonly run: number;
  readonly runMachine: number;
}

/** Limits of one recovery step. */
const salvageStep = { ms: 20, entries: 1_000 };

/** Entries before a moment that can contain the start of a connection that is nameless at that moment. */
const namelessReach = 50_000;

export class JournalStore {
  readonly #db: DatabaseSyncInstance;
  readonly #sizes: Sizes;
  readonly #insert: EntryInsert;
  readonly #damaged: DamagedRows;
  readonly history: HistoryTables;
  readonly runs: RunTables;
  readonly #blocks: BlockWriter;
  readonly #owners: OwnerWriter;
  readonly #cmd: StatementSyncInstance;
  readonly marks: MarkTable;
  readonly auditEnds: AuditEnds;
  readonly #machines: MachineStates;
  /**
   * During a recovery, entries after those of the damaged journal are not in
   * a block, because the index only grows at its end.
   */
  #salvaging: Salvaging | null;
  /** The newest entry that is in a block, or collected for one. */
  #indexed = 0;

  constructor(db: DatabaseSyncInstance, sizes: Sizes, onDamaged: OnDamaged) {
    this.#db = db;
    this.#damaged = new DamagedRows(db, onDamaged);
    this.#sizes = {
      ...sizes,
      onDamaged: (first) => this.#damaged.found('index', first),
      newest: () => this.#blocks.newest,
    };
    this.#insert = new EntryInsert(db);
    this.history = new HistoryTables(db, this.#damaged);
    this.runs = new RunTables(db, this.#damaged);
    this.marks = new MarkTable(db, this.#damaged);
    this.auditEnds = new AuditEnds(db);
    this.#blocks = new BlockWriter(db, this.#sizes);
    this.#owners = new OwnerWriter(db, (entry, vmcNo) => this.#addOwner(entry, vmcNo));
    this.#cmd = db.prepare('SELECT cmd FROM entries WHERE id = ?');
    this.#machines = new MachineStates(db);
    this.#salvaging = Salvaging.pending(db);
    db.exec('BEGIN');
    this.#fillBlock();
    db.exec('COMMIT');
  }

  /** One transaction: the whole batch or nothing. */
  append(batch: Batch): void {
    const { entries, faults, orders, commands, machines, marks = [], diagnoses = [], follows } = batch;
    const { runs = [], runLines = [], originals = [] } = batch;
    if (follows !== undefined && follows !== this.last().entry)
      throw new Error('what is before it was not written');
    this.#db.exec('BEGIN IMMEDIATE');
    try {
      this.#insert.all(entries);
      for (const entry = new PackedReader(entries); entry.next();) {
        if (this.#salvaging === null) this.#blocks.add(entry);
        this.#owners.add(entry);
      }
      this.#blocks.tidy();
      for (const mark of marks) this.marks.set(mark);
      if (originals.length > 0) insertOriginals(this.#db, originals);
      for (const fault of faults) this.history.keepFault(fault);
      for (const order of orders) this.history.keepOrder(order);
      for (const command of commands) this.history.keepCommand(command);
      for (const diagnosis of diagnoses) this.history.keepDiagnosis(diagnosis);
      for (const run of runs) this.runs.keep(run);
      for (const line of runLines) this.runs.keepLine(line);
      this.#machines.keep(machines);
      this.#db.exec('COMMIT');
      this.#owners.keep();
    } catch (error) {
      // On a full disk SQLite has already rolled back.
      if (this.#db.isTransaction) this.#db.exec('ROLLBACK');
      if (!isDamage(error)) {
        this.#fillBlock();
        this.#owners.undo();
      }
      throw error;
    }
  }

  #addOwner(entry: number, vmcNo: number): void {
    this.#blocks.addLater(entry, factToken(facts.vmcNo(vmcNo)));
    const row = this.#cmd.get(entry) as { readonly cmd: string | null } | undefined;
    const cmd = row?.cmd;
    if (cmd != null) this.#blocks.addLater(entry, factToken(facts.cmdOf(vmcNo, cmd)));
  }

  /** Collects again the entries on disk that are not in a block yet. */
  #fillBlock(): void {
    this.#blocks.clear();
    const row = this.#db.prepare('SELECT max(last) AS last FROM blocks').get() as Row;
    this.#indexed = Number(row['last'] ?? 0);
    while (this.#gather(this.#salvaging?.position ?? Number.MAX_SAFE_INTEGER));
  }

  /** Collects more entries up to `upTo`. Returns false if none remain. */
  #gather(upTo: number, limit = 5_000): boolean {
    const after = this.#indexed;
    const page = this.#entries(
      `SELECT ${entryColumns} FROM entries WHERE id > ? AND id <= ? ORDER BY id LIMIT ?`,
      after,
      upTo,
      limit,
    );
    for (const entry = new PackedReader(packEntries(page)); entry.next();) this.#blocks.add(entry);
    this.#indexed = page.at(-1)?.id ?? after;
    const owners = rowsOf(
      this.#db.prepare('SELECT entry, vmc_no FROM owners WHERE entry > ? AND entry <= ?'),
      after,
      this.#indexed,
    );
    for (const one of owners) this.#addOwner(Number(one['entry']), Number(one['vmc_no']));
    return page.length === limit;
  }

  /** Recovers the next part of a damaged journal in about 20 ms; `null` if nothing remains to recover. */
  salvage(): Salvage | null {
    const salvaging = this.#salvaging;
    if (salvaging === null) return null;
    if (!salvaging.findPages(performance.now() + salvageStep.ms)) return salvaging.state(false);
    let undo = (): void => undefined;
    this.#db.exec('BEGIN IMMEDIATE');
    try {
      undo = salvaging.take(salvageStep.entries);
      const { isFinished } = salvaging;
      const upTo = isFinished ? Number.MAX_SAFE_INTEGER : salvaging.position;
      const isOver = !this.#gather(upTo, 2 * salvageStep.entries) && isFinished;
      this.#blocks.tidy();
      if (isOver) salvaging.end();
      this.#db.exec('COMMIT');
      if (isOver) {
        salvaging.close();
        this.#salvaging = null;
      }
      return salvaging.state(isOver);
    } catch (error) {
      if (this.#db.isTransaction) this.#db.exec('ROLLBACK');
      undo();
      if (!isDamage(error)) this.#fillBlock();
      throw error;
    }
  }

  /** The newest number of each kind; 0 in an empty journal. */
  last(): LastNumbers {
    // The newest `opened` entry has the newest connection number, and there is an index for it.
    const row = this.#db
      .prepare(
        `SELECT max(id) AS entry, coalesce((SELECT max(conn) FROM entries WHERE kind = 'opened'),
           (SELECT max(conn) FROM entries)) AS conn,
           (SELECT max(last_entry) FROM salvages) AS salvaged, (SELECT max(last_conn) FROM salvages) AS salvaged_conn FROM entries`,
      )
      .get() as Row;
    return {
      entry: Math.max(Number(row['entry'] ?? 0), Number(row['salvaged'] ?? 0)),
      conn: Math.max(Number(row['conn'] ?? 0), Number(row['salvaged_conn'] ?? 0)),
      command: this.history.last('commands'),
      diagnosis: this.history.last('diagnoses'),
      run: this.history.last('runs'),
      runMachine: this.history.last('run_lines'),
    };
  }

  /** The newest entries are not in order of time, because held bytes keep their arrival time. */
  lastTime(): number | null {
    const row = this.#db
      .prepare('SELECT max(at) AS at FROM (SELECT at FROM entries ORDER BY id DESC LIMIT 1000)')
      .get() as Row;
    return numberOrNull(row['at']);
  }

  /** No connection stays nameless for long, so older entries are not searched. */
  namelessConnections(upTo: number): readonly StoredEntry[] {
    return this.#entries(
      `SELECT ${entryColumns} FROM entries WHERE id IN (
         SELECT min(id) FROM entries WHERE id > ? AND id <= ? GROUP BY conn
         HAVING sum(kind = 'opened') > 0 AND sum(kind = 'closed') = 0 AND count(vmc_no) = 0) ORDER BY id`,
      upTo - namelessReach,
      upTo,
    );
  }

  /** All entries with an id above `after`, oldest first. */
  entriesAfter(after: number, limit: number): readonly StoredEntry[] {
    const rows = rowsOf(
      this.#db.prepare(`SELECT ${entryColumns} FROM entries WHERE id > ? ORDER BY id LIMIT ?`),
      after,
      limit,
    );
    const missing = new MissingEntries((id) => this.#isMissing(id));
    for (const row of rows) missing.next(row);
    return this.#read(rows);
  }

  /** During a recovery, the recovery reports missing entries. */
  #isMissing(id: number): void {
    if (this.#salvaging === null) this.#damaged.found('entries', id);
  }

  /** The journal's own name, and its newest entry. `isSalvaging`: older entries may still be added. */
  identity(): JournalIdentity {
    return { name: identityOf(this.#db), last: this.last().entry, isSalvaging: this.#salvaging !== null };
  }

  /** Does nothing if the journal has another name than `known` already; `null`: any. */
  renewIdentity({ known }: { readonly known: string | null }): null {
    if (known === null || known === identityOf(this.#db)) renewIdentity(this.#db);
    return null;
  }

  /** The journal's own name, without writing; `null`: none that is readable. */
  get name(): string | null {
    try {
      return knownIdentity(this.#db);
    } catch (error) {
      if (!isDamage(error)) throw error;
      return null;
    }
  }

  /** The journal is a copy of another one, with the same numbers. */
  takeName(name: string): void {
    if (this.name !== name) setIdentity(this.#db, name);
  }

  /**
   * The entry with that number; `journal`: the journal that gave the number. `null`: none. Without a name, only numbers that the file of
   * a capture had are found: other captures count their entries themselves.
   */
  find(number: number, journal: string | null): number | null {
    const originals = new Originals(this.#db);
    if (originals.hasAny) return originals.find(number, journal);
    return journal !== null && journal === this.name && this.entry(number) !== null ? number : null;
  }

  /** A page of entries, and the identity of the file they come from. */
  packedAfter(query: PackedQuery): PackedPage {
    return { ...this.identity(), entries: packedPage(this.#db, query) };
  }

  entry(id: number): StoredEntry | null {
    return this.#entries(`SELECT ${entryColumns} FROM entries WHERE id = ?`, id)[0] ?? null;
  }

  size(): JournalSize {
    return journalSize(this.#db, this.#sizes);
  }

  /** See `retain` in retention.ts. */
  retain(args: RetainArgs): number | null {
    this.marks.reread();
    return retain(this.#db, this.#sizes, args);
  }

  faultSums(query: FaultSumsRequest): FaultSums {
    return faultSums(this.#db, query, (code) => this.history.spellingsOf(code));
  }

  orderSums(query: OrderSumsRequest): PartialSums {
    return orderSums(this.#db, query);
  }

  relations(id: number): Relations | null {
    const entry = this.entry(id);
    return entry === null ? null : relationsOf(this.#db, this.#sizes, entry);
  }

  frames(query: FrameQuery): StoredPage {
    const page = framePage(this.#db, this.#sizes, query, this.marks.byEntry(), (id) => this.#isMissing(id));
    this.#lookAt(page.entries);
    return page;
  }

  count(query: CountQuery): FrameCount {
    return countFrames(this.#db, this.#sizes, query, this.marks.byEntry());
  }

  beginGroups(query: GroupQuery, table: GroupTable): Grouping {
    return beginGroups(this.#db, this.#sizes, query, table);
  }

  continueGroups(grouping: Grouping): boolean {
    return continueGroups(this.#db, this.#sizes, grouping, this.marks.byEntry());
  }

  /** See `machinesOf`. */
  machineNumbers(): readonly number[] {
    return machinesOf(this.#db);
  }

  machines(): Batch['machines'] {
    return this.#machines.all();
  }

  close(): void {
    try {
      this.#db.exec('PRAGMA optimize');
    } catch {
      // This only helps the next start, and a full disk has no room for it. All records are already written.
    }
    this.#salvaging?.close();
    this.#db.close();
  }

  /** Rows that a new journal needs if others moved this one away. */
  get carried(): CarriedRows {
    return carriedRows(this.#db);
  }

  takeOver(rows: CarriedRows): void {
    carryOver(this.#db, rows);
  }

  /** See `carryFrom` in carryOver.ts. */
  carryFrom(file: string): void {
    this.marks.reread();
    carryFrom(this.#db, file, (owners) => {
      for (const one of owners) this.#addOwner(Number(one['entry']), Number(one['vmc_no']));
      this.#blocks.tidy();
    });
  }

  /** Closes a file that is not needed any more. */
  abandon(): void {
    this.#salvaging?.close();
    this.#db.close();
  }

  /** Moves unusable states aside. The caller folds these machines again. */
  setMachinesAside(vmcNos: readonly number[]): void {
    this.#damaged.setAside('machines', vmcNos);
  }

  /** The connections of these machines, up to entry `upTo`. */
  connectionsOf(vmcNos: readonly number[], upTo: number): readonly number[] {
    const rows = rowsOf(
      this.#db.prepare(
        `SELECT DISTINCT conn FROM entries WHERE id <= ? AND vmc_no IN (SELECT value FROM json_each(?))`,
      ),
      upTo,
      JSON.stringify(vmcNos),
    );
    return rows.map((row) => Number(row['conn']));
  }

  /** Their entries, oldest first. */
  entriesOf({ conns, after, upTo, limit }: EntriesOf): readonly StoredEntry[] {
    return this.#entries(
      `SELECT ${entryColumns} FROM entries WHERE id > ? AND id <= ?
         AND conn IN (SELECT value FROM json_each(?)) ORDER BY id LIMIT ?`,
      after,
      upTo,
      JSON.stringify(conns),
      limit,
    );
  }

  #entries(sql: string, ...parameters: (number | string)[]): readonly StoredEntry[] {
    return this.#read(rowsOf(this.#db.prepare(sql), ...parameters));
  }

  #read(rows: readonly Row[]): readonly StoredEntry[] {
    const originals = new Originals(this.#db);
    const entries = rows.map((row) => originals.on(entryOf(row)));
    this.#lookAt(entries);
    return entries;
  }

  #lookAt(entries: readonly StoredEntry[]): void {
    for (const entry of entries) if (isDamagedEntry(entry)) this.#damaged.found('entries', entry.id);
  }
}
