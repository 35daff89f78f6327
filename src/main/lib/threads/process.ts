/** Processes of our own, for work on files of strangers: each has a heap of its own, and its death costs its work and nothing else. */
import { fork } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { passOn } from '../log/terminal';

export interface ProcessLimits {
  /** MB for all its objects; a process that needs more dies of it. */
  readonly heap: number;
  /** MB for new objects from the start, of which V8 has two such halves; left out: V8 decides. */
  readonly young?: number;
}

/** Starts a script as a process. Electron and Node each have a way of their own. */
export type StartProcess = (script: string, limits: ProcessLimits) => ProcessPort;

/** How a process ended. */
interface ProcessEnd {
  /** Its code, or the signal that ended it. */
  readonly how: string;
  /** The last of what it wrote to stderr. */
  readonly lastWords: string;
  /** By a signal that others send, or without a sign of a failure. */
  readonly isQuiet: boolean;
}

/** What the system and other programs end a process with; none of them says that it failed. */
export const quietSignals = { SIGINT: 2, SIGKILL: 9, SIGTERM: 15 } as const;

interface Runtime {
  readonly send: (message: unknown) => void;
  /** By force. */
  readonly kill: () => void;
}

/** The other process as its owner holds it, with the events of a thread. */
export class ProcessPort extends EventEmitter<{ message: [unknown]; messageerror: [Error]; exit: [Error] }> {
  readonly #runtime: Runtime;

  constructor(runtime: Runtime) {
    super();
    this.#runtime = runtime;
  }

  /** Nothing can be handed over between processes: everything is copied. */
  postMessage(message: unknown, _transfer: readonly unknown[]): void {
    this.#runtime.send(message);
  }

  kill(): void {
    this.#runtime.kill();
  }

  /** For whoever started it. */
  ended({ how, lastWords, isQuiet }: ProcessEnd): void {
    const isOutOfMemory = outOfMemory.test(lastWords);
    const message = isOutOfMemory ? 'it needs too much memory' : how;
    this.emit('exit', new ProcessGone(message, { isOutOfMemory, isQuiet: isQuiet && !isOutOfMemory }));
  }
}

/** The other process is not there any more. */
export class ProcessGone extends Error {
  override readonly name = 'ProcessGone';
  /** It wanted more than its limit. */
  readonly isOutOfMemory: boolean;
  /** Nothing says that what it worked on is the cause. */
  readonly isQuiet: boolean;

  constructor(message: string, { isOutOfMemory, isQuiet }: Pick<ProcessGone, 'isOutOfMemory' | 'isQuiet'>) {
    super(message);
    this.isOutOfMemory = isOutOfMemory;
    this.isQuiet = isQuiet;
  }
}

/** What V8 writes when it gives up, under Node and under Electron. */
const outOfMemory = /out of memory|\bOOM\b|Reached heap limit/i;

/** V8's flags for these limits. */
export function flagsFor({ heap, young }: ProcessLimits): readonly string[] {
  const ofYoung =
    young === undefined ? [] : [`--min-semi-space-size=${young}`, `--max-semi-space-size=${young}`];
  return [`--max-old-space-size=${heap}`, ...ofYoung];
}

/** Characters of the last words that are kept. */
const mostWords = 20_000;

/** Keeps the last of what a process writes to stderr, and passes all of it on. */
export function lastWordsOf(stderr: NodeJS.ReadableStream | null): () => string {
  let last = '';
  stderr?.on('data', (chunk: Buffer) => {
    const text = chunk.toString();
    passOn(text);
    last = (last + text).slice(-mostWords);
  });
  return () => last;
}

/** Under plain Node. */
export const forkProcess: StartProcess = (script, limits) => {
  const child = fork(script, [], {
    execArgv: [...flagsFor(limits)],
    serialization: 'advanced',
    stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
  });
  const lastWords = lastWordsOf(child.stderr);
  const port = new ProcessPort({
    // One that has just died is noticed by its end.
    send: (message) => void child.send(message as object, () => undefined),
    kill: () => void child.kill('SIGKILL'),
  });
  child.on('message', (message) => port.emit('message', message));
  child.once('error', (error) => port.ended({ how: error.message, lastWords: lastWords(), isQuiet: true }));
  // Unlike `exit`, it comes when all that the process wrote and sent is here.
  child.once('close', (code, signal) =>
    port.ended({
      how: `the process ended with ${signal ?? `code ${code}`}`,
      lastWords: lastWords(),
      isQuiet: signal === null ? code === 0 : signal in quietSignals,
    }),
  );
  return port;
};
