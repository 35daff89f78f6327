/** Names, marks, notes and times, for filters of followed frames and for frames in memory. */
import type { Mark, MarkChange } from '#shared/model/journal';
import type { Labels } from '../../core/state/recentFrames';
import { RecentTimes } from '../../core/state/recentTimes';
import type { JournalClient } from '../../journal/api';
import type { Choices } from '../requests/choices';

export class ServerLabels implements Labels {
  readonly #choices: Choices;
  readonly #marks = new Map<number, Mark>();
  readonly times = new RecentTimes();

  constructor(choices: Choices) {
    this.#choices = choices;
  }

  readonly nameOf = (vmcNo: number): string => this.#choices.config(vmcNo).name;

  readonly markOf = (entry: number): Mark | null => this.#marks.get(entry) ?? null;

  /** Machines are served without marks too. */
  async read(journal: JournalClient, problem: (detail: string) => void): Promise<void> {
    if (!journal.isReadable) return;
    try {
      for (const mark of await journal.query('marks', null)) this.#marks.set(mark.entry, mark);
    } catch (error) {
      problem(`marks and notes can't be read (${String(error)})`);
    }
  }

  async change(journal: JournalClient, change: MarkChange): Promise<Mark> {
    const mark = await journal.query('changeMark', change);
    this.#marks.set(mark.entry, mark);
    return mark;
  }
}
