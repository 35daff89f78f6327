/** The machines of this computer and of all read sites, in one table. A number may occur at several sites, so each line has a key. */
import { machineTest } from '#shared/filter/machines';
import type { MachineRow, MachineStatus } from '#shared/model/machine';
import { emptyOrder, orderMachines, worstFirst, type MachineOrder, type Rows } from './machines';
import { firstView, tableRows } from './machineTable';

/** The source of a line. */
export interface MachinePlace {
  /** `null`: this computer. */
  readonly capture: number | null;
  readonly site: string;
  /** The time of its newest data, ms; of this computer the present time. */
  readonly now: number;
  /** Nothing is known of its machines since then. */
  readonly isAway: boolean;
}
/** The machines of one source, by key. */
export interface SiteMachines {
  readonly place: MachinePlace;
  readonly rows: Rows;
  readonly list: MachineOrder;
}
export interface AllMachines {
  readonly rows: Rows;
  readonly places: ReadonlyMap<number, MachinePlace>;
  readonly list: MachineOrder;
}

/** A line keeps its key until the window closes. */
const keys = new Map<string, number>();
function keyOf(capture: number | null, vmcNo: number): number {
  const name = `${capture} ${vmcNo}`;
  const key = keys.get(name) ?? keys.size + 1;
  keys.set(name, key);
  return key;
}

/** The expensive part, once for each change of the source. */
export function siteMachines(place: MachinePlace, own: Iterable<MachineRow>): SiteMachines {
  const rows = new Map([...own].map((row) => [keyOf(place.capture, row.vmcNo), row]));
  const list = orderMachines(rows, place.now, emptyOrder);
  return { place, rows, list: place.isAway ? asLastKnown(list) : list };
}

/** A problem stays as the last known state. A machine that was fine is unknown: the site may be off since. */
function asLastKnown({ order, statuses, states, lastProblems, troubled }: MachineOrder): MachineOrder {
  const all = [...statuses.keys()];
  return {
    order,
    statuses: new Map(all.map((key) => [key, 'unknown'])),
    states: new Map(all.map((key) => [key, troubled.has(key) ? (states.get(key) ?? 'unknown') : 'unknown'])),
    lastProblems,
    troubled,
  };
}

/** Loops: the lists of ten thousand machines would cost twice the time. */
export function allMachines(sources: readonly SiteMachines[]): AllMachines {
  const rows = new Map<number, MachineRow>();
  const places = new Map<number, MachinePlace>();
  const statuses = new Map<number, MachineStatus>();
  const states = new Map<number, MachineStatus>();
  const lastProblems = new Map<number, MachineStatus>();
  const troubled = new Set<number>();
  for (const { place, rows: own, list } of sources) {
    for (const [key, row] of own) {
      rows.set(key, row);
      places.set(key, place);
    }
    for (const [key, status] of list.statuses) statuses.set(key, status);
    for (const [key, state] of list.states) states.set(key, state);
    for (const [key, problem] of list.lastProblems) lastProblems.set(key, problem);
    for (const key of list.troubled) troubled.add(key);
  }
  const list = { order: worstFirst(states, troubled), statuses, states, lastProblems, troubled };
  return { rows, places, list };
}

export const allColumns = ['site', 'number', 'name', 'status', 'heard', 'version', 'sentence'] as const;
export type AllColumn = (typeof allColumns)[number];
export type AllSort = { readonly by: AllColumn; readonly down: boolean } | null;
export const allOnlys = ['everyone', 'trouble', 'withErrors'] as const;
export type AllOnly = (typeof allOnlys)[number];

/** A click on a heading: one direction, the other, then worst first again. */
export const sortAfter = (sort: AllSort, by: AllColumn): AllSort =>
  sort?.by !== by
    ? { by, down: by === 'heard' }
    : sort.down === (by === 'heard')
      ? { by, down: !sort.down }
      : null;

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

export interface AllWish {
  readonly only: AllOnly;
  /** Words, also of the site's name, or the filter language of the machine list. */
  readonly query: string;
  readonly sort: AllSort;
  readonly now: number;
}

/** The keys of the wanted machines, in order. */
export function foundMachines({ rows, places, list }: AllMachines, wish: AllWish): readonly number[] {
  const { only, sort, now } = wish;
  const query = wish.query.trim().toLowerCase();
  const test = machineTest(query, now);
  const sought = query === '' ? [] : query.split(/\s+/);
  // By identity: the facts of a line have no key.
  const wanted = new Set<MachineRow>();
  for (const [key, row] of rows) {
    if (only === 'withErrors' && row.errorCount === 0) continue;
    const text = [places.get(key)?.site, row.vmcNo, row.name, row.place].join('\n').toLowerCase();
    if (sought.every((word) => text.includes(word))) wanted.add(row);
  }
  const { found } = tableRows(
    {
      only: only === 'trouble' ? 'trouble' : 'all',
      rows,
      list,
      orders: null,
      now,
      matches: (facts) =>
        wanted.has(facts.row) ||
        (test.ok && (only !== 'withErrors' || facts.row.errorCount > 0) && test.matches(facts)),
    },
    {
      ...firstView,
      sort: sort === null || sort.by === 'site' || sort.by === 'status' ? null : { ...sort, by: sort.by },
    },
  );
  if (sort === null) return found;
  if (sort.by === 'status') return sort.down ? found.toReversed() : found;
  if (sort.by !== 'site') return found;
  const turn = sort.down ? -1 : 1;
  const siteOf = (key: number): string => places.get(key)?.site ?? '';
  return found.toSorted((a, b) => turn * collator.compare(siteOf(a), siteOf(b)));
}
