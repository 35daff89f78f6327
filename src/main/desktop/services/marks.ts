/**
 * The main thread's copy of marks and notes. Mark and note of an entry share a row of the journal, and the user can change both faster than
 * the disk writes. Each change builds on the one before, so that none is undone.
 */
import type { Mark, MarkChange } from '#shared/model/journal';

export class Marks {
  readonly #write: (mark: Mark) => Promise<unknown>;
  readonly #byEntry = new Map<number, Mark>();
  /** Entries with pending writes: the journal's version, and the number of writes left. */
  readonly #writing = new Map<number, { written: Mark; left: number }>();

  constructor(write: (mark: Mark) => Promise<unknown>, known: readonly Mark[] = []) {
    this.#write = write;
    this.learn(known);
  }

  /** `null`: the entry has neither mark nor note. */
  of(entry: number): Mark | null {
    return this.#byEntry.get(entry) ?? null;
  }

  /** Marks that the journal already has. */
  learn(marks: readonly Mark[]): void {
    for (const mark of marks) {
      if (mark.marked || mark.note !== '') this.#byEntry.set(mark.entry, mark);
      else this.#byEntry.delete(mark.entry);
    }
  }

  /** The journal's marks, if they could not be read earlier. Changes made meanwhile are newer and stay. */
  learnLate(marks: readonly Mark[]): void {
    this.learn(marks.filter(({ entry }) => !this.#writing.has(entry)));
  }

  /** Returns the new mark. After failed writes, the journal's version applies again as soon as no write is pending. */
  async change({ entry, marked, note }: MarkChange): Promise<Mark> {
    const before = this.of(entry) ?? { entry, marked: false, note: '' };
    const next = { entry, marked: marked ?? before.marked, note: note ?? before.note };
    const writing = this.#writing.get(entry) ?? { written: before, left: 0 };
    this.#writing.set(entry, writing);
    writing.left += 1;
    this.learn([next]);
    try {
      await this.#write(next);
      writing.written = next;
    } finally {
      writing.left -= 1;
      if (writing.left === 0) {
        this.#writing.delete(entry);
        this.learn([writing.written]);
      }
    }
    return next;
  }
}
