/** The machine list: rows by number, and their order. Unchanged objects keep their identity. */
import type { MachineRow, MachineStatus } from '#shared/model/machine';
import { isInTrouble, statusOf } from '#shared/model/problems';

export type Rows = ReadonlyMap<number, MachineRow>;

export interface MachineOrder {
  /** Worst first, then by number. */
  readonly order: readonly number[];
  readonly statuses: ReadonlyMap<number, MachineStatus>;
  readonly counts: Readonly<Record<MachineStatus, number>>;
  /** Machines that need attention. */
  readonly troubled: ReadonlySet<number>;
}

/** In the order of the list and the filter. */
export const statusOrder: readonly MachineStatus[] = [
  'fault',
  'silence',
  'error',
  'warning',
  'doorOpen',
  'restarting',
  'online',
  'unknown',
  'offline',
];
const rank = Object.fromEntries(statusOrder.map((status, index) => [status, index])) as Record<
  MachineStatus,
  number
>;

const noCounts: Readonly<Record<MachineStatus, number>> = {
  fault: 0,
  silence: 0,
  error: 0,
  warning: 0,
  doorOpen: 0,
  restarting: 0,
  online: 0,
  unknown: 0,
  offline: 0,
};
export const emptyOrder: MachineOrder = {
  order: [],
  statuses: new Map(),
  counts: noCounts,
  troubled: new Set(),
};

/** Keeps the identity of each part that is equal in `before`. */
export function orderMachines(rows: Rows, now: number, before: MachineOrder): MachineOrder {
  const statuses = new Map<number, MachineStatus>();
  const counts = { ...noCounts };
  const troubled = new Set<number>();
  for (const [vmcNo, row] of rows) {
    const status = statusOf(row, now);
    statuses.set(vmcNo, status);
    counts[status] += 1;
    if (isInTrouble(row, now)) troubled.add(vmcNo);
  }
  const sameStatuses =
    statuses.size === before.statuses.size &&
    [...statuses].every(([vmcNo, status]) => before.statuses.get(vmcNo) === status);
  const sameTroubled =
    troubled.size === before.troubled.size && [...troubled].every((vmcNo) => before.troubled.has(vmcNo));
  if (sameStatuses) return sameTroubled ? before : { ...before, troubled };
  const rankOf = (vmcNo: number): number => rank[statuses.get(vmcNo) ?? 'offline'];
  const order = [...statuses.keys()].toSorted((a, b) => rankOf(a) - rankOf(b) || a - b);
  const sameCounts = statusOrder.every((status) => before.counts[status] === counts[status]);
  return {
    order,
    statuses,
    counts: sameCounts ? before.counts : counts,
    troubled: sameTroubled ? before.troubled : troubled,
  };
}

/** Matches a machine by number, name or address, ignoring case and outer spaces. */
export function matches(row: MachineRow, query: string): boolean {
  const needle = query.trim().toLowerCase();
  return [row.vmcNo, row.name, row.address].join('\n').toLowerCase().includes(needle);
}
