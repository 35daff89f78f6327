/** What other threads may ask the journal's thread. Both sides are ours; the types are the contract. */
import type { MessagePort } from 'node:worker_threads';
import type { Command, CommandQuery } from '#shared/model/command';
import type { FaultSums } from '#shared/model/faultSums';
import type {
  Fault,
  FaultQuery,
  KnownOrder,
  OrderCounts,
  OrderQuery,
  OrderRecord,
  OrderSearch,
} from '#shared/model/history';
import type { Diagnosis, DiagnosisQuery } from '#shared/model/diagnosis';
import type { FrameCount } from '#shared/model/frameCount';
import type { AuditEnd } from '#shared/model/audit';
import type { Run, RunLine, RunQuery } from '#shared/model/run';
import type { Relations } from '#shared/model/relations';
import type { DamagedRows, FileAside, JournalSize, Mark, Salvage } from '#shared/model/journal';
import type { RetainArgs } from '../store/retention';
import type { FaultSumsRequest } from '../queries/faultSums';
import type { CountQuery } from '../queries/count';
import type { OrderSumsRequest, PartialSums } from '../queries/orderSums';
import type { StoredEntry } from '#shared/model/frame';
import type { FrameQuery, StoredPage } from '../queries/frames';
import type { Batch, EntriesOf, LastNumbers } from '../store/journalStore';
import type { Opened } from '../store/openJournal';

export type OpenResult =
  | {
      readonly kind: 'open';
      readonly last: LastNumbers;
      /** A file in whose place this one was begun. */
      readonly aside: FileAside | null;
    }
  | Extract<Opened, { kind: 'otherVersion' }>
  | ({ readonly kind: 'failed'; readonly detail: string } & JournalProblem);

export interface Calls {
  open: { args: { readonly file: string }; result: OpenResult };
  /** Renames a file that `open` refused; the result is its new path. */
  setAside: { args: { readonly file: string }; result: string };
  /** From now on the reading calls are answered at this port too. */
  connect: { args: { readonly port: MessagePort }; result: null };
  append: { args: Batch; result: null };
  frames: { args: FrameQuery; result: StoredPage };
  countFrames: { args: CountQuery; result: FrameCount };
  entry: { args: { readonly id: number }; result: StoredEntry | null };
  entriesAfter: { args: { readonly after: number; readonly limit: number }; result: readonly StoredEntry[] };
  faults: { args: FaultQuery; result: readonly Fault[] };
  faultSums: { args: FaultSumsRequest; result: FaultSums };
  orders: { args: OrderQuery; result: readonly OrderRecord[] };
  findOrders: { args: OrderSearch; result: readonly OrderRecord[] };
  orderCounts: { args: { readonly since: number }; result: OrderCounts };
  orderSums: { args: OrderSumsRequest; result: PartialSums };
  commands: { args: CommandQuery; result: readonly Command[] };
  diagnoses: { args: DiagnosisQuery; result: readonly Diagnosis[] };
  runs: { args: RunQuery; result: readonly Run[] };
  runLines: { args: { readonly run: number }; result: readonly RunLine[] };
  runCommands: { args: { readonly run: number }; result: readonly Command[] };
  /** That have not ended, with all their lines. */
  openRuns: { args: null; result: { readonly runs: readonly Run[]; readonly lines: readonly RunLine[] } };
  openDiagnoses: { args: null; result: readonly Diagnosis[] };
  knownOrders: { args: { readonly limit: number }; result: readonly KnownOrder[] };
  openCommands: { args: { readonly since: number }; result: readonly Command[] };
  relations: { args: { readonly id: number }; result: Relations | null };
  /** Where the audit trail stood now and then; what is kept of a line is never another. */
  auditEnds: { args: null; result: readonly AuditEnd[] };
  keepAuditEnd: { args: AuditEnd; result: null };
  marks: { args: null; result: readonly Mark[] };
  setMark: { args: Mark; result: null };
  size: { args: null; result: JournalSize };
  /** Everything up to this entry was taken out, and there may be more; `null`: nothing was. */
  retain: { args: RetainArgs; result: number | null };
  /** Brings back some more of a damaged journal; `null`: nothing is to be brought back. */
  salvage: { args: null; result: Salvage | null };
  machines: { args: null; result: Batch['machines'] };
  /** The time of the newest entry; `null`: there is none. */
  lastTime: { args: null; result: number | null };
  /** The beginnings of connections that were open then and had said no machine's number. */
  namelessConnections: { args: { readonly upTo: number }; result: readonly StoredEntry[] };
  /** States that can't be used are moved out of the way. */
  setMachinesAside: { args: { readonly vmcNos: readonly number[] }; result: null };
  /** The connections on which these machines were, up to that entry, and the entries of such. */
  connectionsOf: {
    args: { readonly vmcNos: readonly number[]; readonly upTo: number };
    result: readonly number[];
  };
  entriesOf: { args: EntriesOf; result: readonly StoredEntry[] };
}
export type CallName = keyof Calls;

/** The calls that change nothing: any thread may ask them at a port of its own (journalReader.ts). */
export type ReadCall =
  | 'frames'
  | 'countFrames'
  | 'entry'
  | 'relations'
  | 'faults'
  | 'faultSums'
  | 'orders'
  | 'findOrders'
  | 'orderCounts'
  | 'orderSums'
  | 'commands'
  | 'diagnoses'
  | 'runs'
  | 'runLines'
  | 'runCommands'
  | 'auditEnds'
  | 'marks'
  | 'size';
export type ReadCalls = Pick<Calls, ReadCall>;

/** Whoever can be asked about the journal: its client, or a reader in another thread. */
export interface JournalQueries {
  query<C extends ReadCall>(name: C, args: Calls[C]['args']): Promise<Calls[C]['result']>;
}

export interface JournalEvents {
  /** A reader's question found the file damaged, and waits until the owner has opened it again; or the file is at its path no more. */
  readonly fileLost: null;
  /** Rows that can't be read as they were written, found since the last word of them. */
  readonly damagedRows: DamagedRows;
}

/** What is told of an error beyond its message. */
export interface JournalProblem {
  /** SQLite's name for it, or Node's; empty where neither has one. */
  readonly code: string;
  /** The file is damaged, or at its path no more: the next `open` begins a new one. */
  readonly isFileLost: boolean;
}
