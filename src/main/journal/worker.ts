/** The journal's thread: SQLite is only ever touched here, so a slow disk never delays an answer to a machine. */
import { parentPort, type MessagePort } from 'node:worker_threads';
import {
  readCalls,
  type AnswerMessage,
  type CallMessage,
  type CallName,
  type Calls,
  type DamagedMessage,
  type OpenResult,
} from './client/calls';
import { isDamage, openJournal, setJournalAside, type JournalStore } from './store/journalStore';

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
        damagedCopy = setJournalAside(file, 'damaged');
        isDamaged = false;
      }
      const result = openJournal(file);
      if (result.kind === 'otherVersion') return result;
      store = result.store;
      const told = result.damagedCopy ?? damagedCopy;
      damagedCopy = null;
      return { kind: 'open', last: result.last, damagedCopy: told };
    } catch (error) {
      return { kind: 'failed', ...problemOf(error) };
    } finally {
      for (const again of postponed.splice(0)) again();
    }
  },
  setAside: ({ file }) => {
    if (store !== null) throw new Error('the journal is in use');
    return setJournalAside(file, 'other-version');
  },
  connect: ({ port: reader }) => {
    reader.on('message', (message: CallMessage) => answerReader(reader, message));
    return null;
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
    isDamaged = false;
    for (const again of postponed.splice(0)) again();
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

/** Questions of other threads that wait until the damaged file was replaced. */
const postponed: (() => void)[] = [];

/** As `answer`, but a reader can't open the file again: whoever opened it is told, and the question is answered from the new one. */
function answerReader(reader: MessagePort, message: CallMessage): void {
  const again = (): void => answerReader(reader, message);
  if (isDamaged) {
    postponed.push(again);
    return;
  }
  if (!isReadCall(message.name)) {
    const detail = `${message.name} is not for readers`;
    reader.postMessage({
      id: message.id,
      ok: false,
      detail,
      code: '',
      isDamaged: false,
    } satisfies AnswerMessage);
    return;
  }
  const answered = answer(message);
  if (!answered.ok && answered.isDamaged) {
    postponed.push(again);
    port?.postMessage({ damaged: true } satisfies DamagedMessage);
  } else reader.postMessage(answered);
}

const isReadCall = (name: CallName): boolean => readCalls.some((each) => each === name);

const port = parentPort;
port?.on('message', (message: CallMessage) => port.postMessage(answer(message)));
