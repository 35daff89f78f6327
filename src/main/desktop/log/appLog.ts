/**
 * The log of the running app: `logs/crema.log` in the data folder, and four older files beside it. Lines of every thread and of the
 * window come here, and what must not stand in a log is taken out of them (cleared.ts). The writer is electron-log's for plain
 * Node, so that `npm run serve` has the same log.
 */
import { existsSync, readFileSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import file from 'electron-log/node.js';
import { createQuota } from '#shared/quota';
import { oneLine, severalLines } from '#shared/visible';
import { cleared } from '../../lib/log/cleared';

export type LogLevel = 'info' | 'warn' | 'error';
export type LogSource =
  | 'main'
  | 'window'
  | 'server'
  | 'journal'
  | 'packages'
  | 'virtual'
  | 'jobs'
  | 'notices'
  | 'audit';

/** Of one part of the app: what it says in passing, and what went wrong. The terminal has the same lines. */
interface LogLines {
  readonly line: (text: string) => void;
  readonly problem: (detail: string) => void;
}

export interface SourceLines extends LogLines {
  /** A problem that the terminal is told of otherwise. */
  readonly quiet: (detail: string) => void;
}

export interface AppLogOptions {
  /** `null`: nothing can be written there. */
  readonly folder: string | null;
  readonly now: () => number;
  /** Both take whole lines without their end. */
  readonly terminal: LogLines;
}

const maxSize = 1024 * 1024;
/** Beside the one that is written. */
const olderFiles = 4;
/** What a bug may say over and over must not wear out a disk. */
const linesPerMinute = 600;
/** Lines that a note about a crash takes along. */
const tailLength = 40;

export class AppLog {
  readonly folder: string | null;
  readonly #options: AppLogOptions;
  readonly #quota = createQuota(linesPerMinute, 60_000);
  readonly #secrets = new Set<string>();
  readonly #tail: string[] = [];
  /** Bytes that earlier runs wrote. */
  readonly #before: number;
  #isTroubleTold = false;

  constructor(options: AppLogOptions) {
    const { folder, terminal } = options;
    this.#options = options;
    this.folder = folder;
    this.#before = this.#size();
    const { transports } = file;
    // The writer wants the app's name before the path, and would look for it in a package.json that need not be near.
    transports.file.setAppName('crema');
    transports.file.level = folder === null ? false : 'info';
    transports.file.resolvePathFn = () => this.#file;
    transports.file.maxSize = maxSize;
    transports.file.format = '{text}';
    transports.file.writeOptions = { flag: 'a', mode: 0o600, encoding: 'utf8' };
    transports.file.archiveLogFn = () => this.#rotate();
    transports.console.level = false;
    // It is told of a file that can't be written in this way; once is enough.
    transports.console.writeFn = ({ message: { data } }) => {
      if (this.#isTroubleTold) return;
      this.#isTroubleTold = true;
      terminal.problem(`the log can't be written: ${data.map(String).join(' ')}`);
    };
  }

  /** From now on these are hidden in every line. */
  hide(secrets: Iterable<string>): void {
    for (const secret of secrets) if (secret !== '') this.#secrets.add(secret);
  }

  /** As it would stand in a line. */
  clear(text: string): string {
    return cleared(text, this.#secrets);
  }

  from(source: LogSource): SourceLines {
    const { terminal } = this.#options;
    return {
      line: (text) => {
        terminal.line(oneLine(text));
        this.write('info', source, oneLine(this.clear(text)));
      },
      problem: (detail) => {
        terminal.problem(severalLines(detail));
        this.write('error', source, detail);
      },
      quiet: (detail) => this.write('error', source, detail),
    };
  }

  /** To the file alone. */
  write(level: LogLevel, source: LogSource, text: string): void {
    const now = this.#options.now();
    const { granted, missed } = this.#quota.take(now);
    if (!granted) return;
    if (missed > 0) this.#add(now, 'warn', 'main', `${missed} more lines were not written`);
    this.#add(now, level, source, text);
  }

  /** The last lines of this run. */
  get tail(): readonly string[] {
    return this.#tail;
  }

  /** The last lines of earlier runs. */
  earlier(): readonly string[] {
    try {
      const lines = readFileSync(this.#file).subarray(0, this.#before).toString().trimEnd().split(/\r?\n/);
      return lines.slice(-tailLength);
    } catch {
      return [];
    }
  }

  #add(now: number, level: LogLevel, source: LogSource, text: string): void {
    const said = severalLines(this.clear(text));
    // The terminal's lines name their part themselves.
    const whole = said.startsWith(`${source}: `) ? said : `${source}: ${said}`;
    const line = `${new Date(now).toISOString()} ${level} ${whole}`;
    this.#tail.push(line);
    if (this.#tail.length > tailLength) this.#tail.shift();
    if (this.folder !== null) file[level](line);
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
      // It goes on in the same file until it can be moved.
      file.transports.console.writeFn({ message: { data: [error], date: new Date(), level: 'error' } });
    }
  }
}
