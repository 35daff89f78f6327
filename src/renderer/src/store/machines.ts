/** The machine list: rows by number, and their order. Unchanged objects keep their identity. */
import type { MachineRow, MachineStatus } from '#shared/model/machine';
import { isInTrouble, lastProblemOf, statusOf } from '#shared/model/problems';

export type Rows = ReadonlyMap<number, MachineRow>;

export interface MachineOrder {
  /** Worst first, then by number. */
  readonly order: readonly number[];
  readonly statuses: ReadonlyMap<number, MachineStatus>;
  /** Of silent and disconnected machines. */
  readonly lastProblems: ReadonlyMap<number, MachineStatus>;
  /** Machines that need attention. */
  readonly troubled: ReadonlySet<number>;
}

/** In the order of the list and the filter. */
export const statusOrder = [
  'fault',
  'silence',
  'error',
  'warning',
  'doorOpen',
  'restarting',
  'online',
  'unknown',
  'offline',
] as const satisfies readonly MachineStatus[];
const rank = Object.fromEntries(statusOrder.map((status, index) => [status, index])) as Record<
  MachineStatus,
  number
>;

export const emptyOrder: MachineOrder = {
  order: [],
  statuses: new Map(),
  lastProblems: new Map(),
  troubled: new Set(),
};

/** Which machines a list shows. absent: machines with settings that are not on the list, because they never connected or were removed. */
export const onlys = ['all', 'trouble', ...statusOrder, 'absent'] as const;
export type Only = (typeof onlys)[number];
export const isOnly = (value: unknown): value is Only => onlys.some((one) => one === value);

/** Whether a list shows the machine. A machine without a connection is also among those with its last known problem. */
export function isAmong(
  { statuses, lastProblems, troubled }: MachineOrder,
  only: Only,
  vmcNo: number,
): boolean {
  if (only === 'all' || only === 'absent') return true;
  if (only === 'trouble') return troubled.has(vmcNo);
  return statuses.get(vmcNo) === only || lastProblems.get(vmcNo) === only;
}

/** How many machines each list shows, for chips and the top bar. */
export function countsOf({ statuses, lastProblems, troubled }: MachineOrder): Readonly<Record<Only, number>> {
  const counts = Object.fromEntries(onlys.map((only) => [only, 0])) as Record<Only, number>;
  counts.all = statuses.size;
  counts.trouble = troubled.size;
  for (const status of statuses.values()) counts[status] += 1;
  for (const status of lastProblems.values()) counts[status] += 1;
  return counts;
}

/** Keeps the identity of each part that is equal in `before`. */
export function orderMachines(rows: Rows, now: number, before: MachineOrder): MachineOrder {
  const statuses = new Map<number, MachineStatus>();
  const lastProblems = new Map<number, MachineStatus>();
  const troubled = new Set<number>();
  for (const [vmcNo, row] of rows) {
    statuses.set(vmcNo, statusOf(row, now));
    const last = lastProblemOf(row, now);
    if (last !== null) lastProblems.set(vmcNo, last);
    if (isInTrouble(row, now)) troubled.add(vmcNo);
  }
  const areSame = {
    statuses: isSame(statuses, before.statuses),
    lastProblems: isSame(lastProblems, before.lastProblems),
    troubled:
      troubled.size === before.troubled.size && [...troubled].every((vmcNo) => before.troubled.has(vmcNo)),
  };
  if (areSame.statuses && areSame.lastProblems && areSame.troubled) return before;
  const rankOf = (vmcNo: number): number => rank[statuses.get(vmcNo) ?? 'offline'];
  return {
    order: areSame.statuses
      ? before.order
      : [...statuses.keys()].toSorted((a, b) => rankOf(a) - rankOf(b) || a - b),
    statuses: areSame.statuses ? before.statuses : statuses,
    lastProblems: areSame.lastProblems ? before.lastProblems : lastProblems,
    troubled: areSame.troubled ? before.troubled : troubled,
  };
}

const isSame = (now: MachineOrder['statuses'], before: MachineOrder['statuses']): boolean =>
  now.size === before.size && [...now].every(([vmcNo, status]) => before.get(vmcNo) === status);

/** Matches a machine by number, name or address, ignoring case and outer spaces. */
export function matches(row: MachineRow, query: string): boolean {
  const needle = query.trim().toLowerCase();
  return [row.vmcNo, row.name, row.address].join('\n').toLowerCase().includes(needle);
}
