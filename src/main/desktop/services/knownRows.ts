/** The machine server's rows as the windows have them, for all services. After a restart of its thread they are compared with the new rows. */
import {
  byPart,
  live,
  livePartsOf,
  type KeyedChange,
  type KeyedPart,
  type RowOf,
} from '#shared/contract/live';
import type { MachineRow } from '#shared/model/machine';
import type { Heard, ServerNews, ServerSnapshot } from '../../machines/api';

type Changes = { readonly [P in KeyedPart]: KeyedChange<RowOf<P>> };
const parts = livePartsOf('keyed');
const keyIn = <P extends KeyedPart>(part: P) => live[part].keyOf as (row: RowOf<P>) => number;

export class KnownRows {
  readonly #rows = byPart(parts, () => new Map()) as { readonly [P in KeyedPart]: Map<number, RowOf<P>> };

  /** All rows of the windows. */
  get all(): ServerSnapshot {
    return byPart(parts, (part) => this.rows(part)) as unknown as ServerSnapshot;
  }

  rows<P extends KeyedPart>(part: P): readonly RowOf<P>[] {
    return [...this.#rows[part].values()];
  }

  /** `undefined`: no row has this key. */
  row<P extends KeyedPart>(part: P, key: number): RowOf<P> | undefined {
    return this.#rows[part].get(key);
  }

  /** Records changes that were sent to the windows. */
  learn(changes: Pick<ServerNews, KeyedPart>): void {
    for (const part of parts) this.#learn(part, changes[part] as KeyedChange<never> | undefined);
  }

  #learn<P extends KeyedPart>(part: P, change: KeyedChange<RowOf<P>> | undefined): void {
    const known = this.#rows[part];
    const keyOf = keyIn(part);
    for (const key of change?.removed ?? []) known.delete(key);
    for (const row of change?.rows ?? []) known.set(keyOf(row), row);
  }

  /** The current rows of the machines that sent data. */
  heard(news: readonly Heard[]): readonly MachineRow[] {
    return news.flatMap((moments) => {
      const row = this.row('machines', moments.vmcNo);
      return row === undefined ? [] : { ...row, ...moments };
    });
  }

  /** Records the complete rows that a window got. */
  learnAll(snapshot: ServerSnapshot): void {
    this.learn(byPart(parts, (part) => ({ rows: snapshot[part], removed: [] })) as unknown as Changes);
  }

  /** The changes that turn the windows' rows into exactly these. */
  replaceWith(snapshot: ServerSnapshot): Changes {
    const changes = byPart(parts, (part) =>
      this.#replacing(part, snapshot[part] as readonly never[]),
    ) as unknown as Changes;
    this.learn(changes);
    return changes;
  }

  #replacing<P extends KeyedPart>(part: P, rows: readonly RowOf<P>[]): KeyedChange<RowOf<P>> {
    const present = new Set(rows.map(keyIn(part)));
    return { rows, removed: [...this.#rows[part].keys()].filter((key) => !present.has(key)) };
  }

  /** The change that shows all machines as offline, after the end of the machines thread. */
  allOffline(at: number): KeyedChange<MachineRow> {
    const rows: MachineRow[] = [];
    for (const row of this.#rows.machines.values())
      if (row.online) rows.push({ ...row, online: false, address: null, since: at, gone: 'serverStopped' });
    const change = { rows, removed: [] };
    this.learn({ machines: change });
    return change;
  }
}
