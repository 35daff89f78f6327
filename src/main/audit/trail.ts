/** The file of the audit trail: lines are only ever appended to it, and each is on the disk before the next is begun. */
import { open, rename, writeFile, type FileHandle } from 'node:fs/promises';
import { isOwnAct, type AuditEnd, type AuditNote, type AuditState } from '#shared/model/audit';
import { chainBegin, sealed } from './chain';
import { identity } from './book';
import { auditLines, filesOf, toldEnd } from './lines';

/** ms after which lines that could not be written are tried again. */
const retryAfter = 5_000;

export interface TrailParts {
  readonly file: string;
  readonly now: () => number;
  /** The operating system's name of whoever uses it, and the one said in Settings. */
  readonly who: () => { readonly user: string; readonly name: string };
  /** What it was like before lines were added, and is like now (`identity` in book.ts). */
  readonly written: (found: string, left: string) => void;
  readonly changed: () => void;
  /** Where to write what the disk refuses at the end; `null`: nowhere. */
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

  /** Where the chain stands after what was written; `null`: nothing was by this run. */
  get end(): AuditEnd | null {
    return this.#end;
  }

  get state(): AuditState {
    return { written: this.#written, problem: this.#problem, waiting: this.#waiting.length };
  }

  /** Written as soon as the disk takes it, after what was noted before. */
  note(note: AuditNote): void {
    const who = isOwnAct(note.act) ? { user: '', name: '' } : this.#parts.who();
    this.#waiting.push({ ...note, at: this.#parts.now(), ...who });
    void this.written();
  }

  /** Everything noted so far is on the disk, or was refused. */
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
      const { text } = linesOf(this.#waiting, this.#end ?? (await chainEnd(this.#parts.file)));
      await writeFile(elsewhere, text);
      this.#parts.problem(
        `${length} lines of the audit trail were written to ${elsewhere}: ${this.#problem}`,
      );
    } catch (error) {
      this.#parts.problem(`${length} lines of the audit trail are lost: ${messageOf(error)}`);
    }
  }

  async #write(): Promise<void> {
    const some = this.#waiting.slice();
    if (some.length === 0) return;
    const before = this.#problem;
    try {
      const { end, found, left } = await append(this.#parts.file, this.#end, some);
      this.#end = end;
      this.#parts.written(found, left);
      this.#waiting.splice(0, some.length);
      this.#written += some.length;
      this.#problem = null;
    } catch (error) {
      // What was written of it may be there or not: the file says.
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

/** Part of what could not be written may be there. */
class NotUndone extends Error {}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

interface Appended {
  /** Where the chain stands then. */
  readonly end: AuditEnd;
  readonly found: string;
  readonly left: string;
}

/** As they follow on a chain that stands so. */
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

/** @throws Error where nothing of them was written */
async function append(file: string, known: AuditEnd | null, notes: readonly Waiting[]): Promise<Appended> {
  const handle = await open(file, 'a+');
  try {
    const before = await handle.stat({ bigint: true });
    const size = Number(before.size);
    const begin = known ?? (await chainEnd(file));
    const [first] = notes;
    const own = { user: '', name: '', screen: '', vmcNo: null, what: {}, refused: null } as const;
    const isCut = known === null && size > 0 && !(await endsWhole(handle, size));
    const act = size === 0 ? 'begun' : isCut ? 'cut' : null;
    const ofTrail = act === null || first === undefined ? [] : [{ ...first, ...own, act } as const];
    const { text: lines, end } = linesOf([...ofTrail, ...notes], begin);
    const text = isCut ? `\n${lines}` : lines;
    await writeOrUndo(handle, size, async () => {
      await handle.appendFile(text);
      await handle.sync();
      // Whoever cuts lines off the end leaves this behind.
      const [, endFile] = filesOf(file);
      const part = `${endFile}.part`;
      await writeFile(part, JSON.stringify(end));
      await rename(part, endFile);
    });
    return { end, found: identity(before), left: identity(await handle.stat({ bigint: true })) };
  } finally {
    await handle.close();
  }
}

/** Lines of which the end is not told are taken out again: they would be written twice. */
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

/** It does not end in the middle of a line. */
async function endsWhole(handle: FileHandle, size: number): Promise<boolean> {
  const { buffer } = await handle.read(Buffer.alloc(1), 0, 1, size - 1);
  return buffer.toString('latin1') === '\n';
}

/** Where the chain of a file stands: after its last line, or where lines are missing at its end, after those. */
async function chainEnd(file: string): Promise<AuditEnd> {
  const told = await toldEnd(file);
  // The usual case, in which nothing has to be read.
  if (told !== null && (await endsWith(file, `,"hash":"${told.hash}"}\n`))) return told;
  let end = chainBegin;
  for await (const line of auditLines(file)) ({ end } = line);
  return told !== null && told.n > end.n ? told : end;
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
