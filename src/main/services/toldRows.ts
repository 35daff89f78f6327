/** Rows of the server's tables that windows know: a thread that was started again may know others, and a dead one changes none. */
import type { KeyedChange } from '#shared/contract/live';
import type { Command } from '#shared/model/command';
import type { MachineRow } from '#shared/model/machine';
import type { ServerNews, ServerSnapshot } from '../server/calls';

export class ToldRows {
  readonly #machines = new Map<number, MachineRow>();
  readonly #running = new Map<number, Command>();

  /** All that they know. */
  get all(): ServerSnapshot {
    return { machines: [...this.#machines.values()], running: [...this.#running.values()] };
  }

  /** They are told of this. */
  learn({ machines, running }: Pick<ServerNews, 'machines' | 'running'>): void {
    for (const vmcNo of machines?.removed ?? []) this.#machines.delete(vmcNo);
    for (const row of machines?.rows ?? []) this.#machines.set(row.vmcNo, row);
    for (const id of running?.removed ?? []) this.#running.delete(id);
    for (const command of running?.rows ?? []) this.#running.set(command.id, command);
  }

  /** They are told all there is. */
  learnAll({ machines, running }: ServerSnapshot): void {
    this.learn({ machines: { rows: machines, removed: [] }, running: { rows: running, removed: [] } });
  }

  /** What has to be told for them to know this and nothing else. */
  become({ machines, running }: ServerSnapshot): {
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

  /** No machine is connected any more. */
  cutOff(at: number): KeyedChange<MachineRow> {
    const rows: MachineRow[] = [];
    for (const row of this.#machines.values())
      if (row.online) rows.push({ ...row, online: false, address: null, since: at });
    const change = { rows, removed: [] };
    this.learn({ machines: change });
    return change;
  }
}
