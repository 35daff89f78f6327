/** The machine list: rows by number, and their order. Unchanged objects keep their identity. */
import type { MachineRow, MachineStatus } from '#shared/model/machine';
import {
  isInTrouble,
  lastProblemOf,
  stateOf,
  statusOf,
  statusOrder,
  statusRank,
} from '#shared/model/problems';

export type Rows = ReadonlyMap<number, MachineRow>;

export interface MachineOrder {
  /** Worst first, then by number. */
  readonly order: readonly number[];
  readonly statuses: ReadonlyMap<number, MachineStatus>;
  /** The state by which each machine is listed and counted, once. */
  readonly states: ReadonlyMap<number, MachineStatus>;
  /** Of silent and disconnected machines. */
  readonly lastProblems: ReadonlyMap<number, MachineStatus>;
  /** Machines that need attention. */
  readonly troubled: ReadonlySet<number>;
}

export const emptyOrder: MachineOrder = {
  order: [],
  statuses: new Map(),
  states: new Map(),
  lastProblems: new Map(),
  troubled: new Set(),
};

/** Which machines a list shows. absent: machines with settings that are not on the list, because they never connected or were removed. */
export const onlys = ['all', 'trouble', ...statusOrder, 'absent'] as const;
export type Only = (typeof onlys)[number];
export const isOnly = (value: unknown): value is Only => onlys.some((one) => one === value);

/** Whether a list shows the machine. Each machine is in one state. */
export function isAmong({ states, troubled }: MachineOrder, only: Only, vmcNo: number): boolean {
  if (only === 'all' || only === 'absent') return true;
  if (only === 'trouble') return troubled.has(vmcNo);
  return states.get(vmcNo) === only;
}

/** How many machines each list shows, for chips and the top bar. The states add up to all. */
export function countsOf({ states, troubled }: MachineOrder): Readonly<Record<Only, number>> {
  const counts = Object.fromEntries(onlys.map((only) => [only, 0])) as Record<Only, number>;
  counts.all = states.size;
  counts.trouble = troubled.size;
  for (const state of states.values()) counts[state] += 1;
  return counts;
}

/** Keeps the identity of each part that is equal in `before`. */
export function orderMachines(rows: Rows, now: number, before: MachineOrder): MachineOrder {
  const statuses = new Map<number, MachineStatus>();
  const states = new Map<number, MachineStatus>();
  const lastProblems = new Map<number, MachineStatus>();
  const troubled = new Set<number>();
  for (const [vmcNo, row] of rows) {
    statuses.set(vmcNo, statusOf(row, now));
    states.set(vmcNo, stateOf(row, now));
    const last = lastProblemOf(row, now);
    if (last !== null) lastProblems.set(vmcNo, last);
    if (isInTrouble(row, now)) troubled.add(vmcNo);
  }
  const areSame = {
    statuses: isSame(statuses, before.statuses),
    states: isSame(states, before.states),
    lastProblems: isSame(lastProblems, before.lastProblems),
    troubled:
      troubled.size === before.troubled.size && [...troubled].every((vmcNo) => before.troubled.has(vmcNo)),
  };
  if (areSame.statuses && areSame.states && areSame.lastProblems && areSame.troubled) return before;
  return {
    order: areSame.states && areSame.troubled ? before.order : worstFirst(states, troubled),
    statuses: areSame.statuses ? before.statuses : statuses,
    states: areSame.states ? before.states : states,
    lastProblems: areSame.lastProblems ? before.lastProblems : lastProblems,
    troubled: areSame.troubled ? before.troubled : troubled,
  };
}

/** The rows without the failed commands that the person dismissed. */
export function withoutCommands(rows: Rows, dismissed: ReadonlySet<number>): Rows {
  if (dismissed.size === 0) return rows;
  const seen = [...rows.values()].filter(
    ({ leftCommand }) => leftCommand !== undefined && dismissed.has(leftCommand.id),
  );
  if (seen.length === 0) return rows;
  const next = new Map(rows);
  for (const { leftCommand: _, ...row } of seen) next.set(row.vmcNo, row);
  return next;
}

/** Machines for which nobody waits come after all that need attention. */
export function worstFirst(
  states: MachineOrder['states'],
  troubled: MachineOrder['troubled'],
): readonly number[] {
  const rankOf = (vmcNo: number): number => {
    const state = states.get(vmcNo) ?? 'offline';
    return state === 'offline' && !troubled.has(vmcNo) ? statusOrder.length : statusRank[state];
  };
  return [...states.keys()].toSorted((a, b) => rankOf(a) - rankOf(b) || a - b);
}

const isSame = (now: MachineOrder['statuses'], before: MachineOrder['statuses']): boolean =>
  now.size === before.size && [...now].every(([vmcNo, status]) => before.get(vmcNo) === status);

/** Matches a machine by number, name or address, ignoring case and outer spaces. */
export function matches(row: MachineRow, query: string): boolean {
  const needle = query.trim().toLowerCase();
  return [row.vmcNo, row.name, row.address].join('\n').toLowerCase().includes(needle);
}
