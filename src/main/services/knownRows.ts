/** The rows of the server's tables that the windows have. After a restart of its thread they are compared with the thread's rows. */
import type { KeyedChange, KeyedPart, RowOf } from '#shared/contract/live';
import type { Command } from '#shared/model/command';
import type { Diagnosis } from '#shared/model/diagnosis';
import type { MachineRow } from '#shared/model/machine';
import type { Run, RunLine } from '#shared/model/run';
import type { Heard } from '../server/machinesFeed';
import type { ServerNews, ServerSnapshot } from '../server/calls';

export class KnownRows {
  readonly #machines = new Map<number, MachineRow>();
  readonly #running = new Map<number, Command>();
  readonly #diagnoses = new Map<number, Diagnosis>();
  readonly #openRuns = new Map<number, Run>();
  readonly #runLines = new Map<number, RunLine>();

  /** All rows that the windows have. */
  get all(): ServerSnapshot {
    return {
      machines: [...this.#machines.values()],
      running: [...this.#running.values()],
      diagnoses: [...this.#diagnoses.values()],
      openRuns: [...this.#openRuns.values()],
      runLines: [...this.#runLines.values()],
    };
  }

  /** The windows got these changes. */
  learn({ machines, running, diagnoses, openRuns, runLines }: Pick<ServerNews, KeyedPart>): void {
    changeRows(this.#machines, machines, ({ vmcNo }) => vmcNo);
    changeRows(this.#running, running, ({ id }) => id);
    changeRows(this.#diagnoses, diagnoses, ({ id }) => id);
    changeRows(this.#openRuns, openRuns, ({ id }) => id);
    changeRows(this.#runLines, runLines, ({ id }) => id);
  }

  /** The rows of machines that were heard, as they are now. */
  heard(news: readonly Heard[]): readonly MachineRow[] {
    return news.flatMap((moments) => {
      const row = this.#machines.get(moments.vmcNo);
      return row === undefined ? [] : { ...row, ...moments };
    });
  }

  /** A window got all rows. */
  learnAll({ machines, running, diagnoses, openRuns, runLines }: ServerSnapshot): void {
    this.learn({
      machines: { rows: machines, removed: [] },
      running: { rows: running, removed: [] },
      diagnoses: { rows: diagnoses, removed: [] },
      openRuns: { rows: openRuns, removed: [] },
      runLines: { rows: runLines, removed: [] },
    });
  }

  /** The changes after which the windows have these rows and no others. */
  replaceWith({ machines, running, diagnoses, openRuns, runLines }: ServerSnapshot): {
    readonly [P in KeyedPart]: KeyedChange<RowOf<P>>;
  } {
    const change = {
      machines: replacing(this.#machines, machines, ({ vmcNo }) => vmcNo),
      running: replacing(this.#running, running, ({ id }) => id),
      diagnoses: replacing(this.#diagnoses, diagnoses, ({ id }) => id),
      openRuns: replacing(this.#openRuns, openRuns, ({ id }) => id),
      runLines: replacing(this.#runLines, runLines, ({ id }) => id),
    };
    this.learn(change);
    return change;
  }

  /** The change after which no machine is shown as online. */
  allOffline(at: number): KeyedChange<MachineRow> {
    const rows: MachineRow[] = [];
    for (const row of this.#machines.values())
      if (row.online) rows.push({ ...row, online: false, address: null, since: at });
    const change = { rows, removed: [] };
    this.learn({ machines: change });
    return change;
  }
}

function changeRows<T>(
  known: Map<number, T>,
  change: KeyedChange<T> | undefined,
  keyOf: (row: T) => number,
): void {
  for (const key of change?.removed ?? []) known.delete(key);
  for (const row of change?.rows ?? []) known.set(keyOf(row), row);
}

function replacing<T>(
  known: ReadonlyMap<number, T>,
  rows: readonly T[],
  keyOf: (row: T) => number,
): KeyedChange<T> {
  const present = new Set(rows.map(keyOf));
  return { rows, removed: [...known.keys()].filter((key) => !present.has(key)) };
}
