/** The journal thread. Only this thread uses SQLite, so a slow disk never delays an answer to a machine. */
import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { MessagePort } from 'node:worker_threads';
import { identityOf, isStillAt, movedTo, type FileIdentity } from '../lib/files/fileIdentity';
import { giveWay } from '../lib/threads/priority';
import { ownPort, serve, Transferring, type CallHandlers } from '../lib/threads/serve';
import type { Calls, JournalEvents, JournalProblem, OpenResult, ReadCall, ReadCalls } from './client/calls';
import { noEntries } from './client/packed';
import type { DamagedKind, FileAside } from '#shared/model/journal';
import { BatchOrder } from './batchOrder';
import { usualSizes } from './index/sizes';
import type { CarriedRows } from './store/carryOver';
import { journalRequests, Refused } from './requests';
import { orderTable } from './requests/orderTotals';
import { isDamage } from './store/damaged';
import type { JournalStore } from './store/journalStore';
import { openJournal, readJournal, setJournalAside, type DamagedFile } from './store/openJournal';

let store: JournalStore | null = null;
/** The open file is damaged. */
let isDamaged = false;
/** Path of the damaged file until it is reported. A new file may fail to open at first. */
const aside: DamagedFile = { copy: null };
/** The open file, while it is at its path. */
let place: { readonly file: string; readonly identity: FileIdentity } | null = null;
/** The file that disappeared from its path, until a new one is open. */
let gone: { readonly aside: FileAside; readonly rows: CarriedRows } | null = null;
/** ms between checks of the path. Each write checks the path too. */
const checkInterval = 1_000;
/** Readers' queries that wait until the damaged file is replaced. */
const postponed: (() => void)[] = [];
const readers = new Set<MessagePort>();
const order = new BatchOrder();

function opened(): JournalStore {
  if (store === null) throw new Error('the journal is not open');
  return store;
}

/** Another process moved or deleted the open file, or replaced it. */
class FileGone extends Error {
  override readonly name = 'FileGone';

  constructor() {
    super('the journal is not at its path any more');
  }
}

const isGone = (): boolean => place !== null && !isStillAt(place.file, place.identity);

function watch(file: string): void {
  const identity = identityOf(file);
  place = identity === null ? null : { file, identity };
}

/** Moves a file at the path aside first: when SQLite closes the old file, it deletes the log at its old path. */
function leave(open: JournalStore, file: string): void {
  const moved = place === null ? null : movedTo(place.identity);
  const found = existsSync(file) ? setJournalAside(file, 'found') : undefined;
  gone = {
    rows: open.carried,
    aside: {
      file: moved ?? file,
      why: moved === null ? 'deleted' : 'moved',
      ...(found !== undefined && { found }),
    },
  };
  open.abandon();
  store = null;
  place = null;
  mkdirSync(dirname(file), { recursive: true });
}

const reads: CallHandlers<Pick<Calls, ReadCall>> = {
  ...journalRequests(opened),
  entry: ({ id }) => opened().entry(id),
  commandOfRequest: (args) => opened().history.commandOfRequest(args),
  orderTable: (query) => orderTable(opened, query),
  auditEnds: () => opened().auditEnds.all(),
  marks: () => opened().marks.all(),
  identity: () => opened().identity(),
  renewIdentity: (args) => opened().renewIdentity(args),
  packedAfter: (query) => {
    const page = opened().packedAfter(query);
    const { numbers, places, bytes } = page.entries;
    return new Transferring(page, [numbers.buffer, places.buffer, bytes.buffer] as ArrayBuffer[]);
  },
};

/** The file belongs to another thread, which also repairs it. */
function openedToRead(file: string): OpenResult {
  store?.abandon();
  store = null;
  isDamaged = false;
  const result = readJournal(file, usualSizes, foundDamaged);
  if (result.kind === 'otherVersion') return result;
  ({ store } = result);
  return { kind: 'open', last: result.last, aside: null };
}

const calls: CallHandlers<Calls> = {
  ...reads,
  open: ({ file, written = 0, isReadOnly = false }): OpenResult => {
    try {
      if (isReadOnly) return openedToRead(file);
      if (isDamaged) {
        store?.abandon();
        store = null;
        aside.copy = setJournalAside(file, 'damaged');
        isDamaged = false;
      }
      if (store !== null && isGone()) leave(store, file);
      const result = openJournal(file, usualSizes, foundDamaged, aside);
      if (result.kind === 'otherVersion') return result;
      const { last, damagedCopy } = result;
      store = result.store;
      watch(file);
      if (gone !== null) store.takeOver(gone.rows);
      const left = gone?.aside ?? null;
      gone = null;
      order.begin(written);
      return {
        kind: 'open',
        last,
        aside: damagedCopy === null ? left : { file: damagedCopy, why: 'damaged' },
      };
    } catch (error) {
      return { kind: 'failed', detail: messageOf(error), ...problemOf(error) };
    } finally {
      resumePostponed();
    }
  },
  setAside: ({ file }) => {
    if (store !== null) throw new Error('the journal is in use');
    return setJournalAside(file, 'other-version');
  },
  connect: ({ port }) => {
    readers.add(port);
    port.once('close', () => readers.delete(port));
    serve<ReadCalls>(port, forReaders, { problemData: problemOf });
    return null;
  },
  append: ({ number, ...batch }) => {
    // A batch that is sent again because its answer was late: only its rows may be newer.
    const isWritten = number !== undefined && order.has(number);
    if (number !== undefined) order.check(number);
    try {
      opened().append(isWritten ? { ...batch, entries: noEntries } : batch);
      // The batch went to a file that nobody can find, so it is written again.
      if (isGone()) throw new FileGone();
    } catch (error) {
      // The batches are sent again only for a new file.
      if (!problemOf(error).isFileLost) order.release();
      throw error;
    }
    if (number !== undefined && !isWritten) order.took(number);
    return null;
  },
  entriesAfter: ({ after, limit }) => opened().entriesAfter(after, limit),
  knownOrders: ({ limit }) => opened().history.knownOrders(limit),
  openDiagnoses: () => opened().history.openDiagnoses(),
  openRuns: () => opened().runs.open(),
  openCommands: (args) => opened().history.openCommands(args),
  keepAuditEnd: (end) => {
    opened().auditEnds.keep(end);
    return null;
  },
  changeMark: (change) => opened().marks.change(change),
  retain: (args) => opened().retain(args),
  salvage: () => opened().salvage(),
  machines: () => opened().machines(),
  lastTime: () => opened().lastTime(),
  namelessConnections: ({ upTo }) => opened().namelessConnections(upTo),
  setMachinesAside: ({ vmcNos }) => {
    opened().setMachinesAside(vmcNos);
    return null;
  },
  connectionsOf: ({ vmcNos, upTo }) => opened().connectionsOf(vmcNos, upTo),
  entriesOf: (query) => opened().entriesOf(query),
};

/** Unreadable rows since the last event. A page can contain many. */
const found = new Map<DamagedKind, number>();
function foundDamaged(kind: DamagedKind): void {
  if (found.size === 0)
    setImmediate(() => {
      owner.emit('damagedRows', Object.fromEntries(found));
      found.clear();
    });
  found.set(kind, (found.get(kind) ?? 0) + 1);
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

function problemOf(error: unknown): JournalProblem {
  if (!(error instanceof Error)) return { code: '', isFileLost: false };
  const code = 'sqliteCodeName' in error ? error.sqliteCodeName : 'code' in error ? error.code : '';
  return {
    code: String(code),
    isFileLost: isDamage(error) || error instanceof FileGone,
    ...(error instanceof Refused && { refusal: error.refusal }),
  };
}

/** A reader cannot reopen the file. Reports the damage to the owner and answers the query from the new file. */
function onIntactFile<T>(ask: () => T | Promise<T>): T | Promise<T> {
  const later = (): Promise<T> =>
    new Promise<void>((resolve) => postponed.push(resolve)).then(() => onIntactFile(ask));
  const failed = (error: unknown): Promise<T> => {
    if (!isDamage(error)) throw error;
    isDamaged = true;
    owner.emit('fileLost', null);
    return later();
  };
  if (isDamaged) return later();
  try {
    const answer = ask();
    return answer instanceof Promise ? answer.catch(failed) : answer;
  } catch (error) {
    return failed(error);
  }
}

function resumePostponed(): void {
  for (const resume of postponed.splice(0)) resume();
}

const forReaders = Object.fromEntries(
  Object.entries(reads).map(([name, read]) => [
    name,
    ({ args, after }: { readonly args: unknown; readonly after: number }) => {
      const answer = (): unknown => onIntactFile(() => (read as (args: unknown) => unknown)(args));
      return order.has(after) ? answer() : order.wait(after).then(answer);
    },
  ]),
) as unknown as CallHandlers<ReadCalls>;

// Answers to machines have priority.
giveWay();

const pathCheck = setInterval(() => {
  if (isGone()) owner.emit('fileLost', null);
}, checkInterval);

const owner = serve<Calls, JournalEvents>(ownPort(), calls, {
  problemData: (error) => {
    if (isDamage(error)) isDamaged = true;
    return problemOf(error);
  },
  onEnd: () => {
    clearInterval(pathCheck);
    store?.close();
    store = null;
    isDamaged = false;
    order.release();
    resumePostponed();
    for (const reader of readers) reader.close();
  },
});
