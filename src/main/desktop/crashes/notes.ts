/** Crash notes: a small JSON file per crash, and a file that exists while Crema runs. */
import { mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { crashedParts, crashIdForm, type Crash } from '#shared/model/crash';
import { visibleJson } from '#shared/visible';
import { readRegular } from '../../lib/files/readRegular';
import { removeLink } from '../../lib/files/removeLink';

/** Notes kept, the newest ones. */
const notesKept = 20;

const noteSchema = z.looseObject({
  what: z.enum(crashedParts),
  at: z.number(),
  again: z.boolean(),
  /** The user has seen and closed the message. */
  seen: z.boolean(),
});
/** The state at the crash, as text for developers; never the content of a connection. */
export type Facts = Readonly<Record<string, unknown>>;
export type CrashNote = Omit<Crash, 'id'> & { readonly seen: boolean; readonly facts: Facts };

const runningSchema = z.object({
  since: z.number(),
  alive: z.number(),
  facts: z.record(z.string(), z.unknown()),
});
/** A launch: its start, its last sign of life, and the state at that time. */
export type RunningNote = z.infer<typeof runningSchema>;

export class CrashNotes {
  readonly directory: string;

  constructor(directory: string) {
    this.directory = directory;
  }

  /** @throws Error if the note can't be written */
  add({ facts, ...note }: CrashNote): Crash {
    const { what, at, again } = note;
    const taken = new Set(this.#ids());
    let id = `${at}-${what}`;
    for (let nr = 2; taken.has(id); nr += 1) id = `${at}-${what}-${nr}`;
    // `time` is for readers; programs use the number beside it.
    this.#write(id, { ...note, time: new Date(at).toISOString(), ...facts });
    for (const old of this.#ids().slice(0, -notesKept)) rmSync(this.#file(old), { force: true });
    return { id, what, at, again };
  }

  /** Notes that nobody has seen, oldest first. */
  unseen(): readonly Crash[] {
    return this.#ids().flatMap((id) => {
      const note = this.#read(id);
      return note === null || note.seen ? [] : { id, what: note.what, at: note.at, again: note.again };
    });
  }

  setSeen(): void {
    for (const id of this.#ids()) {
      const note = this.#read(id);
      if (note !== null && !note.seen) this.#write(id, { ...note, seen: true });
    }
  }

  /** The content of a note's file; `null`: the file is gone. */
  text(id: string): string | null {
    if (!crashIdForm.test(id)) return null;
    try {
      return readRegular(this.#file(id));
    } catch {
      return null;
    }
  }

  /** The note of a launch that did not end normally. */
  leftRunning(): RunningNote | null {
    try {
      return runningSchema.parse(JSON.parse(readRegular(this.#file('running'))));
    } catch {
      // A launch that was killed before its first write counts too.
      const at = this.#writtenAt('running');
      return at === null ? null : { since: at, alive: at, facts: {} };
    }
  }

  setRunning(note: RunningNote): void {
    this.#write('running', note);
  }

  endRunning(): void {
    rmSync(this.#file('running'), { force: true });
  }

  /** `null`: the file does not exist. */
  #writtenAt(name: string): number | null {
    try {
      return Math.round(statSync(this.#file(name)).mtimeMs);
    } catch {
      return null;
    }
  }

  #ids(): readonly string[] {
    try {
      const names = readdirSync(this.directory).map((name) => name.replace(/\.json$/, ''));
      return names
        .filter((name) => crashIdForm.test(name))
        .toSorted((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10) || (a < b ? -1 : 1));
    } catch {
      return [];
    }
  }

  #read(id: string): z.infer<typeof noteSchema> | null {
    try {
      return noteSchema.parse(JSON.parse(this.text(id) ?? ''));
    } catch {
      return null;
    }
  }

  /** Writes the complete file or nothing. */
  #write(name: string, content: object): void {
    mkdirSync(this.directory, { recursive: true });
    const file = this.#file(name);
    const begun = `${file}.new`;
    removeLink(begun);
    writeFileSync(begun, `${visibleJson(JSON.stringify(content, null, 2))}\n`, { mode: 0o600 });
    renameSync(begun, file);
  }

  #file(name: string): string {
    return join(this.directory, `${name}.json`);
  }
}
