/** Calls and events of the journal thread. Crema owns both sides, so these types are the whole contract. */
import type { MessagePort } from 'node:worker_threads';
import type { AppError } from '#shared/contract/errors';
import type { FactName, Facts } from '#shared/contract/request';
import type { Args, ReplyValue, RequestsOf, requests } from '#shared/contract/requests/index';
import type { Command, CommandRequest } from '#shared/model/command';
import type { KnownOrder } from '#shared/model/history';
import type { Diagnosis } from '#shared/model/diagnosis';
import type { AuditEnd } from '#shared/model/audit';
import type { Run, RunMachine } from '#shared/model/run';
import type { DamagedRows, FileAside, Mark, MarkChange, Salvage } from '#shared/model/journal';
import type { CallHandlers } from '../../lib/threads/serve';
import type { RetainArgs } from '../store/retention';
import type { OrderTableQuery } from '../requests/orderTotals';
import type { StoredEntry } from '#shared/model/frame';
import type { Batch, EntriesOf, JournalIdentity, LastNumbers, PackedPage } from '../store/journalStore';
import type { PackedQuery } from '../store/packedPage';
import type { Opened } from '../store/openJournal';

export type OpenResult =
  | {
      readonly kind: 'open';
      readonly last: LastNumbers;
      /** The file that this one replaces. */
      readonly aside: FileAside | null;
    }
  | Extract<Opened, { kind: 'otherVersion' }>
  | ({ readonly kind: 'failed'; readonly detail: string } & JournalProblem);

/** `number`: one more than that of the batch before it. Left out: the order is not checked. */
interface NumberedBatch extends Batch {
  readonly number?: number;
}

/** Requests of windows that the journal answers. */
export type JournalName = RequestsOf<'journal'>;
type FactsOf<N extends JournalName> = (typeof requests)[N] extends {
  readonly facts: readonly (infer F extends FactName)[];
}
  ? Pick<Facts, F>
  : unknown;
/** Arguments of the window, and the facts that the row names. */
type JournalRequests = {
  readonly [N in JournalName]: { readonly args: Args<N> & FactsOf<N>; readonly result: ReplyValue<N> };
};
export type JournalHandlers = CallHandlers<JournalRequests>;

export interface Calls extends JournalRequests {
  /**
   * `written`: the number of the newest batch that is known to be on disk; left out: 0. `isReadOnly`: the file belongs to another
   * thread.
   */
  open: {
    args: { readonly file: string; readonly written?: number; readonly isReadOnly?: boolean };
    result: OpenResult;
  };
  /** Renames a file that `open` refused. Returns the new path. */
  setAside: { args: { readonly file: string }; result: string };
  /** Also answers read calls at this port. */
  connect: { args: { readonly port: MessagePort }; result: null };
  append: { args: NumberedBatch; result: null };
  entry: { args: { readonly id: number }; result: StoredEntry | null };
  /** See `commandOfRequest` in history.ts. */
  commandOfRequest: { args: CommandRequest; result: Command | 'unreadable' | null };
  /** See `identity` and `packedAfter` in journalStore.ts. */
  identity: { args: null; result: JournalIdentity };
  renewIdentity: { args: { readonly known: string | null }; result: null };
  packedAfter: { args: PackedQuery; result: PackedPage };
  entriesAfter: { args: { readonly after: number; readonly limit: number }; result: readonly StoredEntry[] };
  /** All sums of orders as CSV. */
  orderTable: { args: OrderTableQuery; result: string };
  /** Runs that have not ended, with all their lines. */
  openRuns: { args: null; result: { readonly runs: readonly Run[]; readonly lines: readonly RunMachine[] } };
  openDiagnoses: { args: null; result: readonly Diagnosis[] };
  knownOrders: { args: { readonly limit: number }; result: readonly KnownOrder[] };
  openCommands: { args: { readonly since: number }; result: readonly Command[] };
  /** Recorded positions of the audit trail. A recorded position never changes. */
  auditEnds: { args: null; result: readonly AuditEnd[] };
  keepAuditEnd: { args: AuditEnd; result: null };
  marks: { args: null; result: readonly Mark[] };
  changeMark: { args: MarkChange; result: Mark };
  /** Returns the last entry removed, and more may remain to remove; `null` if nothing was removed. */
  retain: { args: RetainArgs; result: number | null };
  /** Recovers the next part of a damaged journal; `null` if nothing remains to recover. */
  salvage: { args: null; result: Salvage | null };
  machines: { args: null; result: Batch['machines'] };
  /** Time of the newest entry; `null` in an empty journal. */
  lastTime: { args: null; result: number | null };
  /** `opened` entries of connections that were open at this entry and had not reported a machine number. */
  namelessConnections: { args: { readonly upTo: number }; result: readonly StoredEntry[] };
  /** Moves unusable machine states to the table of damaged rows. */
  setMachinesAside: { args: { readonly vmcNos: readonly number[] }; result: null };
  /** The connections of these machines up to entry `upTo`, and the entries of such connections. */
  connectionsOf: {
    args: { readonly vmcNos: readonly number[]; readonly upTo: number };
    result: readonly number[];
  };
  entriesOf: { args: EntriesOf; result: readonly StoredEntry[] };
}
export type CallName = keyof Calls;

/** Calls that any thread can make them through its own port (journalReader.ts). */
export type ReadCall =
  | JournalName
  | 'entry'
  | 'commandOfRequest'
  | 'orderTable'
  | 'auditEnds'
  | 'marks'
  | 'identity'
  | 'renewIdentity'
  | 'packedAfter';
/** A reader's question is answered when batch `after` is on disk, or some time later without it. */
export type ReadCalls = {
  readonly [C in ReadCall]: {
    args: { readonly args: Calls[C]['args']; readonly after: number };
    result: Calls[C]['result'];
  };
};

/** Anything that answers journal queries: the client, or a reader in another thread. */
export interface JournalQueries {
  query<C extends ReadCall>(name: C, args: Calls[C]['args']): Promise<Calls[C]['result']>;
}

export interface JournalEvents {
  /**
   * The file is damaged, or is not at its path any more. The reader's
   * query waits until the owner reopens the journal.
   */
  readonly fileLost: null;
  /** Unreadable rows found since the last event. */
  readonly damagedRows: DamagedRows;
}

/** Data of an error besides its message. */
export interface JournalProblem {
  /** The SQLite or Node error code; empty if there is none. */
  readonly code: string;
  /** The file is damaged, or is not at its path any more. The next `open` creates a new file. */
  readonly isFileLost: boolean;
  /** The request was refused, and the person sees why. */
  readonly refusal?: AppError;
}
