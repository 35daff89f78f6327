/** The file of the audit trail: lines are only ever appended to it, and each is on the disk before the next is begun. */
import { open, readFile, rename, writeFile, type FileHandle } from 'node:fs/promises';
import { isOwnAct, type AuditNote, type AuditState } from '#shared/model/audit';
import { chainBegin, sealed, type ChainEnd } from './chain';
import { auditLines, endFileOf, readEnd } from './lines';

/** ms after which lines that could not be written are tried again. */
const retryAfter = 5_000;

export interface TrailParts {
  readonly file: string;
  readonly now: () => number;
  /** The operating system's name of whoever uses it, and the one said in Settings. */
  readonly who: () => { readonly user: string; readonly name: string };
  readonly changed: () => void;
  readonly problem: (detail: string) => void;
}

type Waiting = AuditNote & { readonly at: number; readonly user: string; readonly name: string };

export class AuditTrail {
  readonly #parts: TrailParts;
  readonly #waiting: Waiting[] = [];
  #end: ChainEnd | null = null;
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
    if (this.#waiting.length > 0)
      this.#parts.problem(`${this.#waiting.length} lines of the audit trail are lost: ${this.#problem}`);
  }

  async #write(): Promise<void> {
    const some = this.#waiting.slice();
    if (some.length === 0) return;
    const before = this.#problem;
    try {
      this.#end = await append(this.#parts.file, this.#end, some);
      this.#waiting.splice(0, some.length);
      this.#written += some.length;
      this.#problem = null;
    } catch (error) {
      // What was written of it may be there or not: the file says.
      this.#end = null;
      this.#problem = error instanceof Error ? error.message : String(error);
      if (before === null) this.#parts.problem(`the audit trail can't be written: ${this.#problem}`);
      this.#retry ??= setTimeout(() => {
        this.#retry = null;
        void this.written();
      }, retryAfter).unref();
    }
    this.#parts.changed();
  }
}

/** Gives where the chain stands then. @throws Error where nothing of them was written */
async function append(file: string, known: ChainEnd | null, notes: readonly Waiting[]): Promise<ChainEnd> {
  const handle = await open(file, 'a+');
  try {
    const { size } = await handle.stat();
    let end = known ?? (await chainEnd(file));
    let text = '';
    const add = ({ at, user, name, screen, act, vmcNo, what, refused }: Waiting): void => {
      const n = end.n + 1;
      const { line, hash } = sealed({
        n,
        at,
        user,
        name,
        screen,
        act,
        vmcNo,
        what,
        refused,
        prev: end.hash,
      });
      end = { n, hash };
      text += `${line}\n`;
    };
    const [first] = notes;
    const own = { user: '', name: '', screen: '', vmcNo: null, what: {}, refused: null } as const;
    if (first !== undefined && size === 0) add({ ...first, ...own, act: 'begun' });
    else if (first !== undefined && known === null && !(await endsWhole(handle, size))) {
      text = '\n';
      add({ ...first, ...own, act: 'cut' });
    }
    notes.forEach(add);
    await writeOrUndo(handle, text, size);
    // Whoever cuts lines off the end leaves this behind.
    const part = `${endFileOf(file)}.part`;
    await writeFile(part, JSON.stringify(end));
    await rename(part, endFileOf(file));
    return end;
  } finally {
    await handle.close();
  }
}

async function writeOrUndo(handle: FileHandle, text: string, size: number): Promise<void> {
  try {
    await handle.appendFile(text);
    await handle.sync();
  } catch (error) {
    await handle.truncate(size).catch(() => undefined);
    throw error;
  }
}

/** It does not end in the middle of a line. */
async function endsWhole(handle: FileHandle, size: number): Promise<boolean> {
  const { buffer } = await handle.read(Buffer.alloc(1), 0, 1, size - 1);
  return buffer.toString('latin1') === '\n';
}

/** Where the chain of a file stands: after its last line, or where lines are missing at its end, after those. */
async function chainEnd(file: string): Promise<ChainEnd> {
  let end = chainBegin;
  for await (const line of auditLines(file)) ({ end } = line);
  const told = readEnd(await readFile(endFileOf(file), 'utf8').catch(() => ''));
  return told !== null && told.n > end.n ? told : end;
}
