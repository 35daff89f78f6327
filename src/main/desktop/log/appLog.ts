/**
 * The app's log: `logs/crema.log` in the data folder, and four older files beside it. All threads and the window write to it. Secrets are
 * removed from every line (cleared.ts). The writer is electron-log for plain Node, so that `npm run serve` writes the same log.
 */
import { existsSync, readFileSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import file from 'electron-log/node.js';
import { createQuota } from '#shared/quota';
import { oneLine, severalLines } from '#shared/visible';
import { removeLink } from '../../lib/files/removeLink';
import { cleared } from '../../core/masking/cleared';
import { complain, printLine } from '../../lib/log/terminal';

type LogLevel = 'info' | 'warn' | 'error';
type LogSource =
  | 'main'
  | 'window'
  | 'server'
  | 'journal'
  | 'packages'
  | 'virtual'
  | 'sites'
  | 'jobs'
  | 'notices'
  | 'audit';

/** Lines of one part of the app: information and problems. The terminal shows the same lines. */
interface LogLines {
  readonly line: (text: string) => void;
  readonly problem: (detail: string) => void;
}

interface SourceLines extends LogLines {
  /** A problem that reaches the terminal in another way. */
  readonly quiet: (detail: string) => void;
}

interface AppLogOptions {
  /** `null`: nothing can be written. */
  readonly folder: string | null;
  readonly now: () => number;
  /** Both take whole lines without a line break. */
  readonly terminal: LogLines;
}

const maxSize = 1024 * 1024;
/** Files beside the current one. */
const olderFiles = 4;
/** A bug that repeats a line must not wear out the disk. */
const linesPerMinute = 600;
/** The terminal shows more: a large site that reconnects has a line for each machine. */
const terminalLinesPerMinute = 6_000;
/** Log lines in a crash note. */
const tailLength = 40;

export class AppLog {
  readonly folder: string | null;
  readonly #options: AppLogOptions;
  readonly #quota = createQuota(linesPerMinute, 60_000);
  readonly #terminalQuota = createQuota(terminalLinesPerMinute, 60_000);
  readonly #secrets = new Set<string>();
  readonly #tail: string[] = [];
  /** Size of the log from earlier launches, bytes. */
  readonly #before: number;
  #isTroubleReported = false;

  constructor(options: AppLogOptions) {
    const { folder, terminal } = options;
    this.#options = options;
    this.folder = folder;
    this.#removeLink();
    this.#before = this.#size();
    const { transports } = file;
    // The name must be set before the path: otherwise the writer searches for a package.json, which may not exist.
    transports.file.setAppName('crema');
    transports.file.level = folder === null ? false : 'info';
    transports.file.resolvePathFn = () => this.#file;
    transports.file.maxSize = maxSize;
    transports.file.format = '{text}';
    transports.file.writeOptions = { flag: 'a', mode: 0o600, encoding: 'utf8' };
    transports.file.archiveLogFn = () => this.#rotate();
    transports.console.level = false;
    // The writer reports an unwritable file here. One report is enough.
    transports.console.writeFn = ({ message: { data } }) => {
      if (this.#isTroubleReported) return;
      this.#isTroubleReported = true;
      terminal.problem(`the log can't be written: ${data.map(String).join(' ')}`);
    };
  }

  /** Hides these texts in every line from now on. */
  hide(secrets: Iterable<string>): void {
    for (const secret of secrets) if (secret !== '') this.#secrets.add(secret);
  }

  /** The text as a line would show it. */
  clear(text: string): string {
    return cleared(text, this.#secrets);
  }

  from(source: LogSource): SourceLines {
    return {
      line: (text) => {
        this.#print('line', oneLine(text));
        this.write('info', source, oneLine(this.clear(text)));
      },
      problem: (detail) => {
        this.#print('problem', severalLines(detail));
        this.write('error', source, detail);
      },
      quiet: (detail) => this.write('error', source, detail),
    };
  }

  /** Writes to the file only. */
  write(level: LogLevel, source: LogSource, text: string): void {
    const now = this.#options.now();
    const { granted, missed } = this.#quota.take(now);
    if (!granted) return;
    if (missed > 0) this.#add(now, 'warn', 'main', `${missed} more lines were not written`);
    this.#add(now, level, source, text);
  }

  /** The last lines of this launch. */
  get tail(): readonly string[] {
    return this.#tail;
  }

  /** The last lines of earlier launches. */
  earlier(): readonly string[] {
    try {
      const lines = readFileSync(this.#file).subarray(0, this.#before).toString().trimEnd().split(/\r?\n/);
      return lines.slice(-tailLength);
    } catch {
      return [];
    }
  }

  #print(kind: keyof LogLines, text: string): void {
    const { now, terminal } = this.#options;
    const { granted, missed } = this.#terminalQuota.take(now());
    if (!granted) return;
    if (missed > 0) terminal.problem(`${missed} more lines were not shown`);
    terminal[kind](text);
  }

  #add(now: number, level: LogLevel, source: LogSource, text: string): void {
    const cleaned = severalLines(this.clear(text));
    // The terminal's lines already name their part.
    const whole = cleaned.startsWith(`${source}: `) ? cleaned : `${source}: ${cleaned}`;
    const line = `${new Date(now).toISOString()} ${level} ${whole}`;
    this.#tail.push(line);
    if (this.#tail.length > tailLength) this.#tail.shift();
    if (this.folder !== null) file[level](line);
  }

  #removeLink(): void {
    try {
      if (this.folder !== null) removeLink(this.#file);
    } catch {
      // The folder is not writable, which the writer reports.
    }
  }

  #size(): number {
    try {
      return statSync(this.#file).size;
    } catch {
      return 0;
    }
  }

  get #file(): string {
    return join(this.folder ?? '', 'crema.log');
  }

  #rotate(): void {
    const older = (nr: number): string => join(this.folder ?? '', `crema.${nr}.log`);
    try {
      for (let nr = olderFiles - 1; nr >= 1; nr -= 1)
        if (existsSync(older(nr))) renameSync(older(nr), older(nr + 1));
      renameSync(this.#file, older(1));
    } catch (error) {
      // The log continues in the same file until the file can be moved.
      file.transports.console.writeFn({ message: { data: [error], date: new Date(), level: 'error' } });
    }
  }
}

/** The log in a data folder (`null`: not writable), with the same lines on the terminal. */
export function openLog(dataFolder: string | null): AppLog {
  return new AppLog({
    folder: dataFolder === null ? null : join(dataFolder, 'logs'),
    now: Date.now,
    terminal: { line: printLine, problem: complain },
  });
}

/** An unexpected error must not end the app: it is logged, and the app continues. */
export function logUnexpected(log: AppLog): void {
  const { problem } = log.from('main');
  const unexpected = (error: unknown): void =>
    problem(error instanceof Error ? (error.stack ?? error.message) : String(error));
  process.on('uncaughtException', unexpected).on('unhandledRejection', unexpected);
}
