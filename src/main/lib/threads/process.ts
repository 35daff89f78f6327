/** Child processes for work on files of unknown origin. Each has its own heap, and its death only costs its work. */
import { fork } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { PassedLines } from '../log/terminal';

export interface ProcessLimits {
  /** MB for all objects. A process that needs more dies. */
  readonly heap: number;
  /** MB for each of V8's two halves for new objects, from the start; left out: V8 decides. */
  readonly young?: number;
}

/** Starts a script as a process. Electron and Node do this differently. */
export type StartProcess = (script: string, limits: ProcessLimits) => ProcessPort;

/** How a process ended. */
interface ProcessEnd {
  /** Its exit code, or the signal that ended it. */
  readonly how: string;
  /** The last part of its stderr. */
  readonly lastWords: string;
  /** Ended by a common signal, or without any sign of a failure. */
  readonly isQuiet: boolean;
}

/** Signals that the system and other programs use. None of them means a failure. */
export const quietSignals = { SIGINT: 2, SIGKILL: 9, SIGTERM: 15 } as const;

interface Runtime {
  readonly send: (message: unknown) => void;
  /** Kills the process. */
  readonly kill: () => void;
}

/** The process as its owner holds it, with the events of a thread. */
export class ProcessPort extends EventEmitter<{ message: [unknown]; messageerror: [Error]; exit: [Error] }> {
  readonly #runtime: Runtime;

  constructor(runtime: Runtime) {
    super();
    this.#runtime = runtime;
  }

  /** Processes cannot transfer objects; everything is copied. */
  postMessage(message: unknown, _transfer: readonly unknown[]): void {
    this.#runtime.send(message);
  }

  kill(): void {
    this.#runtime.kill();
  }

  /** Called by the code that started the process. */
  ended({ how, lastWords, isQuiet }: ProcessEnd): void {
    const isOutOfMemory = outOfMemory.test(lastWords);
    const message = isOutOfMemory ? 'it needs too much memory' : how;
    this.emit('exit', new ProcessGone(message, { isOutOfMemory, isQuiet: isQuiet && !isOutOfMemory }));
  }
}

/** The process has ended. */
export class ProcessGone extends Error {
  override readonly name = 'ProcessGone';
  /** It needed more than its memory limit. */
  readonly isOutOfMemory: boolean;
  /** Nothing suggests that its input is the cause. */
  readonly isQuiet: boolean;

  constructor(message: string, { isOutOfMemory, isQuiet }: Pick<ProcessGone, 'isOutOfMemory' | 'isQuiet'>) {
    super(message);
    this.isOutOfMemory = isOutOfMemory;
    this.isQuiet = isQuiet;
  }
}

/** Messages of V8 at the end of memory, under Node and under Electron. */
const outOfMemory = /out of memory|\bOOM\b|Reached heap limit/i;

/** V8's flags for these limits. */
export function flagsFor({ heap, young }: ProcessLimits): readonly string[] {
  const ofYoung =
    young === undefined ? [] : [`--min-semi-space-size=${young}`, `--max-semi-space-size=${young}`];
  return [`--max-old-space-size=${heap}`, ...ofYoung];
}

/** Characters of stderr that are kept. */
const mostWords = 20_000;

/** Keeps the last part of a process's stderr, and forwards all of it. */
export function lastWordsOf(stderr: NodeJS.ReadableStream | null): () => string {
  let last = '';
  const lines = new PassedLines();
  stderr?.setEncoding('utf8');
  stderr?.on('data', (text: string) => {
    lines.add(text);
    last = (last + text).slice(-mostWords);
  });
  stderr?.on('end', () => lines.end());
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
    // A dead process is detected by its exit event.
    send: (message) => void child.send(message as object, () => undefined),
    kill: () => void child.kill('SIGKILL'),
  });
  child.on('message', (message) => port.emit('message', message));
  child.once('error', (error) => port.ended({ how: error.message, lastWords: lastWords(), isQuiet: true }));
  // Unlike `exit`, this event comes after all output and messages have arrived.
  child.once('close', (code, signal) =>
    port.ended({
      how: `the process ended with ${signal ?? `code ${code}`}`,
      lastWords: lastWords(),
      isQuiet: signal === null ? code === 0 : signal in quietSignals,
    }),
  );
  return port;
};
