/** The journal's thread: SQLite is only ever touched here, so a slow disk never delays an answer to a machine. */
import { parentPort } from 'node:worker_threads';
import type { AnswerMessage, CallMessage, CallName, Calls, OpenResult } from './client/calls';
import { isDamage, openJournal, setAside, type JournalStore } from './store/journalStore';

let store: JournalStore | null = null;
/** The open file turned out to be damaged. */
let isDamaged = false;
/** Where it was put, until it is told: a new one may not open at once. */
let damagedCopy: string | null = null;

function opened(): JournalStore {
  if (store === null) throw new Error('the journal is not open');
  return store;
}

const calls: { readonly [C in CallName]: (args: Calls[C]['args']) => Calls[C]['result'] } = {
  open: ({ file }): OpenResult => {
    try {
      if (isDamaged) {
        store?.abandon();
        store = null;
        damagedCopy = setAside(file);
        isDamaged = false;
      }
      const result = openJournal(file);
      if (result.kind === 'newer') return result;
      store = result.store;
      const told = result.damagedCopy ?? damagedCopy;
      damagedCopy = null;
      return { kind: 'open', last: result.last, damagedCopy: told };
    } catch (error) {
      return { kind: 'failed', ...problemOf(error) };
    }
  },
  append: (batch) => {
    opened().append(batch);
    return null;
  },
  frames: (query) => opened().frames(query),
  countFrames: (query) => opened().count(query),
  entry: ({ id }) => opened().entry(id),
  entriesAfter: ({ after, limit }) => opened().entriesAfter(after, limit),
  faults: (query) => opened().history.faults(query),
  orders: (query) => opened().history.orders(query),
  commands: (query) => opened().history.commands(query),
  openCommands: () => opened().history.openCommands(),
  relations: ({ id }) => opened().relations(id),
  activity: (query) => opened().activity(query),
  marks: () => opened().marks(),
  setMark: (mark) => {
    opened().setMark(mark);
    return null;
  },
  size: () => opened().size(),
  retain: (args) => opened().retain(args),
  machines: () => opened().machines(),
  close: () => {
    store?.close();
    store = null;
    return null;
  },
};

function problemOf(error: unknown): { readonly detail: string; readonly code: string } {
  if (!(error instanceof Error)) return { detail: String(error), code: '' };
  const code = 'sqliteCodeName' in error ? error.sqliteCodeName : 'code' in error ? error.code : '';
  return { detail: error.message, code: String(code) };
}

function answer<C extends CallName>({ id, name, args }: CallMessage<C>): AnswerMessage {
  try {
    return { id, ok: true, result: calls[name](args) };
  } catch (error) {
    if (isDamage(error)) isDamaged = true;
    return { id, ok: false, ...problemOf(error), isDamaged: isDamage(error) };
  }
}

const port = parentPort;
port?.on('message', (message: CallMessage) => port.postMessage(answer(message)));
