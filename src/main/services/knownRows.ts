/** The rows of the server's tables that the windows have. After a restart of its thread they are compared with the thread's rows. */
import type { KeyedChange } from '#shared/contract/live';
import type { Command } from '#shared/model/command';
import type { MachineRow } from '#shared/model/machine';
import type { Heard } from '../server/machinesFeed';
import type { ServerNews, ServerSnapshot } from '../server/calls';

export class KnownRows {
  readonly #machines = new Map<number, MachineRow>();
  readonly #running = new Map<number, Command>();

  /** All rows that the windows have. */
  get all(): ServerSnapshot {
    return { machines: [...this.#machines.values()], running: [...this.#running.values()] };
  }

  /** The windows got these changes. */
  learn({ machines, running }: Pick<ServerNews, 'machines' | 'running'>): void {
    for (const vmcNo of machines?.removed ?? []) this.#machines.delete(vmcNo);
    for (const row of machines?.rows ?? []) this.#machines.set(row.vmcNo, row);
    for (const id of running?.removed ?? []) this.#running.delete(id);
    for (const command of running?.rows ?? []) this.#running.set(command.id, command);
  }

  /** The rows of machines that were heard, as they are now. */
  heard(news: readonly Heard[]): readonly MachineRow[] {
    return news.flatMap((moments) => {
      const row = this.#machines.get(moments.vmcNo);
      return row === undefined ? [] : { ...row, ...moments };
    });
  }

  /** A window got all rows. */
  learnAll({ machines, running }: ServerSnapshot): void {
    this.learn({ machines: { rows: machines, removed: [] }, running: { rows: running, removed: [] } });
  }

  /** The changes after which the windows have these rows and no others. */
  replaceWith({ machines, running }: ServerSnapshot): {
    readonly machines: KeyedChange<MachineRow>;
    readonly running: KeyedChange<Command>;
  } {
    const present = { machines: new Set(machines.map(({ vmcNo }) => vmcNo)), running: new Set<number>() };
    for (const { id } of running) present.running.add(id);
    const change = {
      machines: {
        rows: machines,
        removed: [...this.#machines.keys()].filter((vmcNo) => !present.machines.has(vmcNo)),
      },
      running: { rows: running, removed: [...this.#running.keys()].filter((id) => !present.running.has(id)) },
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
