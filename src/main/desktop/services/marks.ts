/**
 * Marks and notes as main knows them. Both of an entry are one row of the journal, while a person gives them one after the
 * other and faster than a disk writes: each changes what the other left, and neither undoes it.
 */
import type { Mark, MarkChange } from '#shared/model/journal';

export class Marks {
  readonly #write: (mark: Mark) => Promise<unknown>;
  readonly #byEntry = new Map<number, Mark>();
  /** Of entries whose changes are on their way: what the journal has of them. */
  readonly #writing = new Map<number, { written: Mark; left: number }>();

  constructor(write: (mark: Mark) => Promise<unknown>, known: readonly Mark[] = []) {
    this.#write = write;
    this.learn(known);
  }

  /** `null`: the entry has neither. */
  of(entry: number): Mark | null {
    return this.#byEntry.get(entry) ?? null;
  }

  /** They are written already. */
  learn(marks: readonly Mark[]): void {
    for (const mark of marks) {
      if (mark.marked || mark.note !== '') this.#byEntry.set(mark.entry, mark);
      else this.#byEntry.delete(mark.entry);
    }
  }

  /** As the journal has them, which could not be asked before: what a person changed meanwhile is newer. */
  learnLate(marks: readonly Mark[]): void {
    this.learn(marks.filter(({ entry }) => !this.#writing.has(entry)));
  }

  /** Says what the entry has now; as the journal has it, once nothing of it is being written and something could not be. */
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
