/** The journal's thread: SQLite is only ever touched here, so a slow disk never delays an answer to a machine. */
import { parentPort } from 'node:worker_threads';
import type { AnswerMessage, CallMessage, CallName, Calls, OpenResult } from './calls';
import { openJournal, type JournalStore } from './store';

let store: JournalStore | null = null;

function opened(): JournalStore {
  if (store === null) throw new Error('the journal is not open');
  return store;
}

const calls: { readonly [C in CallName]: (args: Calls[C]['args']) => Calls[C]['result'] } = {
  open: ({ file }): OpenResult => {
    try {
      const result = openJournal(file);
      if (result.kind === 'newer') return result;
      store = result.store;
      return { kind: 'open', last: store.last(), damagedCopy: result.damagedCopy };
    } catch (error) {
      return { kind: 'failed', detail: error instanceof Error ? error.message : String(error) };
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

function answer<C extends CallName>({ id, name, args }: CallMessage<C>): AnswerMessage {
  try {
    return { id, ok: true, result: calls[name](args) };
  } catch (error) {
    return { id, ok: false, detail: error instanceof Error ? error.message : String(error) };
  }
}

const port = parentPort;
port?.on('message', (message: CallMessage) => port.postMessage(answer(message)));
