/** Groups for windows. A window asks again and again; each answer has the groups so far, until all entries are done. */
import type { Groups, GroupsQuery } from '#shared/model/groups';
import { GroupTable } from '#shared/model/groups';
import { valueNamed, type ValueName } from '#shared/filter/values';
import type { Question } from '../index/verdicts';
import type { Grouping } from '../queries/groups';
import type { JournalStore } from '../store/journalStore';

/** ms of one answer. Slices of the thread's other work come in between. */
const answerTime = 150;
/** Runs that can be continued. An older one begins again. */
const mostRuns = 4;

interface Run {
  readonly number: number;
  readonly store: JournalStore;
  readonly grouping: Grouping;
  isDone: boolean;
}

const namesOf = (texts: readonly string[]): readonly ValueName[] =>
  texts.flatMap((text) => {
    const named = valueNamed(text);
    return named.ok ? [named.name] : [];
  });

export class GroupRuns {
  readonly #opened: () => JournalStore;
  #runs: readonly Run[] = [];
  #last = 0;

  constructor(opened: () => JournalStore) {
    this.#opened = opened;
  }

  async answer({ run: number, by, stats, limit, ...question }: GroupsQuery & Question): Promise<Groups> {
    const store = this.#opened();
    const known = this.#runs.find((one) => one.number === number && one.store === store);
    const run = known ?? this.#begin(store, question, { by: namesOf(by), stats: namesOf(stats) });
    const stop = performance.now() + answerTime;
    while (!run.isDone) {
      run.isDone = !store.continueGroups(run.grouping);
      if (performance.now() >= stop) break;
      await new Promise((resolve) => setImmediate(resolve));
    }
    const { table, newest, done } = run.grouping;
    return {
      run: run.number,
      isDone: run.isDone,
      share: run.isDone || newest === 0 ? 1 : done / newest,
      groups: table.groups(limit),
      size: table.size,
      entries: table.entries,
      beyond: table.beyond,
      machines: run.isDone ? store.machineNumbers() : null,
    };
  }

  #begin(
    store: JournalStore,
    question: Question,
    names: { readonly by: readonly ValueName[]; readonly stats: readonly ValueName[] },
  ): Run {
    this.#last += 1;
    const table = new GroupTable(names.stats.length);
    const grouping = store.beginGroups({ ...question, ...names }, table);
    const run = { number: this.#last, store, grouping, isDone: false };
    this.#runs = [...this.#runs, run].slice(-mostRuns);
    return run;
  }
}
