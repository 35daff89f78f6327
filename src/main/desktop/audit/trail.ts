/** The file of the audit trail. Lines are only appended, and each is on the disk before the next is written. */
import { open, rename, writeFile, type FileHandle } from 'node:fs/promises';
import type { AuditNote } from '#shared/contract/audit';
import { isOwnAct, type AuditEnd, type AuditState } from '#shared/model/audit';
import { removeLink } from '../../lib/files/removeLink';
import { chainBegin, sealed } from './chain';
import { identity } from './book';
import { auditLines, filesOf, firstUnproven, isSameEnd, knownEnd, notedEnd, type Anchors } from './lines';

/** ms after which refused lines are tried again. */
const retryAfter = 5_000;

export interface TrailParts {
  readonly file: string;
  readonly now: () => number;
  /** `user`: the operating system's name of the user. `name`: the name in Settings. */
  readonly who: () => { readonly user: string; readonly name: string };
  readonly anchors: () => Anchors;
  /** The file's identity (`identity` in book.ts) before and after the writer added lines. */
  readonly written: (found: string, left: string) => void;
  readonly changed: () => void;
  /** Where to write lines that the disk refuses at the end; `null`: nowhere. */
  readonly elsewhere: () => string | null;
  readonly problem: (detail: string) => void;
}

type Waiting = AuditNote & { readonly at: number; readonly user: string; readonly name: string };

export class AuditTrail {
  readonly #parts: TrailParts;
  readonly #waiting: Waiting[] = [];
  #end: AuditEnd | null = null;
  #written = 0;
  #problem: string | null = null;
  #writing: Promise<void> | null = null;
  #retry: NodeJS.Timeout | null = null;

  constructor(parts: TrailParts) {
    this.#parts = parts;
  }

  get file(): string {
    return this.#parts.file;
  }

  /** The chain's end after the last write; `null`: this run has not written a line. */
  get end(): AuditEnd | null {
    return this.#end;
  }

  get state(): AuditState {
    return { written: this.#written, problem: this.#problem, waiting: this.#waiting.length };
  }

  /** Adds a line. It is written after all earlier lines, as soon as the disk accepts it. */
  note(note: AuditNote): void {
    const who = isOwnAct(note.act) ? { user: '', name: '' } : this.#parts.who();
    this.#waiting.push({ ...note, at: this.#parts.now(), ...who });
    void this.written();
  }

  /** Resolves when every line so far is on the disk or was refused. */
  async written(): Promise<void> {
    this.#writing ??= this.#write().finally(() => (this.#writing = null));
    await this.#writing;
    if (this.#waiting.length > 0 && this.#problem === null) await this.written();
  }

  async stop(): Promise<void> {
    if (this.#retry !== null) clearTimeout(this.#retry);
    this.#retry = null;
    if (this.#waiting.length > 0) await this.written();
    const { length } = this.#waiting;
    if (length === 0) return;
    const elsewhere = this.#parts.elsewhere();
    try {
      if (elsewhere === null) throw new Error(this.#problem ?? '');
      const end = this.#end ?? (await chainEnd(this.#parts.file, this.#knownEnd())).end;
      await writeFile(elsewhere, linesOf(this.#waiting, end).text);
      this.#parts.problem(
        `${length} lines of the audit trail were written to ${elsewhere}: ${this.#problem}`,
      );
    } catch (error) {
      this.#parts.problem(`${length} lines of the audit trail are lost: ${messageOf(error)}`);
    }
  }

  #knownEnd(): AuditEnd {
    return this.#end ?? knownEnd(notedEnd(this.#parts.file), this.#parts.anchors());
  }

  async #write(): Promise<void> {
    const some = this.#waiting.slice();
    if (some.length === 0) return;
    const before = this.#problem;
    try {
      const { end, found, left } = await append(this.#parts.file, this.#knownEnd(), some);
      this.#end = end;
      this.#parts.written(found, left);
      this.#waiting.splice(0, some.length);
      this.#written += some.length;
      this.#problem = null;
    } catch (error) {
      // Part of the line may be in the file. The next write reads the file to find out.
      if (error instanceof NotUndone) this.#end = null;
      this.#problem = messageOf(error);
      if (before === null) this.#parts.problem(`the audit trail can't be written: ${this.#problem}`);
      this.#retry ??= setTimeout(() => {
        this.#retry = null;
        void this.written();
      }, retryAfter).unref();
    }
    this.#parts.changed();
  }
}

/** A part of the refused lines may be in the file. */
class NotUndone extends Error {}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

interface Appended {
  /** The chain's end after these lines. */
  readonly end: AuditEnd;
  readonly found: string;
  readonly left: string;
}

/** The text of the lines that follow `begin`. */
function linesOf(
  notes: readonly Waiting[],
  begin: AuditEnd,
): { readonly text: string; readonly end: AuditEnd } {
  let end = begin;
  let text = '';
  for (const { at, user, name, screen, act, vmcNo, what, refused } of notes) {
    const n = end.n + 1;
    const { line, hash } = sealed({ n, at, user, name, screen, act, vmcNo, what, refused, prev: end.hash });
    end = { n, hash };
    text += `${line}\n`;
  }
  return { text, end };
}

/** @throws Error if no line was written */
async function append(file: string, known: AuditEnd, notes: readonly Waiting[]): Promise<Appended> {
  removeLink(file);
  const handle = await open(file, 'a+');
  try {
    const before = await handle.stat({ bigint: true });
    const size = Number(before.size);
    const begin = await chainEnd(file, known);
    const isCut = size > 0 && !(await endsWhole(handle, size));
    const { text: lines, end } = linesOf([...ofTrail(notes, size === 0, isCut, begin), ...notes], begin.end);
    const text = isCut ? `\n${lines}` : lines;
    await writeOrUndo(handle, size, async () => {
      await handle.appendFile(text);
      await handle.sync();
      // If a person cuts lines off the end of the trail, this file still holds the old end.
      const [, endFile] = filesOf(file);
      const part = `${endFile}.part`;
      removeLink(part);
      await writeFile(part, JSON.stringify(end));
      await rename(part, endFile);
    });
    return { end, found: identity(before), left: identity(await handle.stat({ bigint: true })) };
  } finally {
    await handle.close();
  }
}

/** Lines about the trail itself, before the added lines. */
function ofTrail(
  [first]: readonly Waiting[],
  isEmpty: boolean,
  isCut: boolean,
  { unproven }: Found,
): readonly Waiting[] {
  if (first === undefined) return [];
  const own = { ...first, user: '', name: '', screen: '', vmcNo: null, what: {}, refused: null } as const;
  return [
    ...(isEmpty ? [{ ...own, act: 'begun' } as const] : []),
    ...(isCut ? [{ ...own, act: 'cut' } as const] : []),
    ...(unproven === null ? [] : [{ ...own, act: 'unproven', what: { ...unproven } } as const]),
  ];
}

/** Cuts lines off again if their end could not be stored: a retry would write them twice. */
async function writeOrUndo(handle: FileHandle, size: number, write: () => Promise<void>): Promise<void> {
  try {
    await write();
  } catch (error) {
    await handle.truncate(size).catch(() => {
      throw new NotUndone(messageOf(error));
    });
    throw error;
  }
}

/** Whether the file ends with a complete line. */
async function endsWhole(handle: FileHandle, size: number): Promise<boolean> {
  const { buffer } = await handle.read(Buffer.alloc(1), 0, 1, size - 1);
  return buffer.toString('latin1') === '\n';
}

interface Found {
  readonly end: AuditEnd;
  /** Numbers of the lines after the known end. */
  readonly unproven: { readonly first: number; readonly last: number } | null;
}

/** The end of the chain: its last line, or the known end if lines are missing there. */
async function chainEnd(file: string, known: AuditEnd): Promise<Found> {
  // The usual case, without a read of the file.
  if (await endsWith(file, `,"hash":"${known.hash}"}\n`)) return { end: known, unproven: null };
  let end = chainBegin;
  let isThere = false;
  for await (const line of auditLines(file)) {
    ({ end } = line);
    isThere ||= isSameEnd(end, known);
  }
  if (end.n < known.n) return { end: known, unproven: null };
  const first = firstUnproven(known, isThere);
  return { end, unproven: first > end.n ? null : { first, last: end.n } };
}

async function endsWith(file: string, text: string): Promise<boolean> {
  const handle = await open(file).catch(() => null);
  if (handle === null) return false;
  try {
    const { size } = await handle.stat();
    const { buffer } = await handle.read(
      Buffer.alloc(text.length),
      0,
      text.length,
      Math.max(0, size - text.length),
    );
    return buffer.toString('latin1') === text;
  } finally {
    await handle.close();
  }
}
