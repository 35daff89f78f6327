import { useMemo, useState } from 'react';
import { machineTest } from '#shared/filter/machines';
import type { MachineStatus } from '#shared/model/machine';
import { useCrema } from './index';
import type { Rows } from './machines';
import { usePacedMachines } from './pacedMachines';

export interface MachineChoice {
  readonly chosen: ReadonlySet<number>;
  readonly choose: (machines: Iterable<number>) => void;
  readonly toggle: (vmcNo: number) => void;
  /** The text in the filter field. */
  readonly typed: string;
  readonly type: (text: string) => void;
  /** The typed text is not a valid filter; the last valid one applies. */
  readonly isWrong: boolean;
  /** The filter in force. */
  readonly filter: string;
  /** The machines that match, in the order of the machine list. */
  readonly found: readonly number[];
  /** All machine rows. */
  readonly rows: Rows;
  readonly statuses: ReadonlyMap<number, MachineStatus>;
}

/**
 * Machines chosen by hand or by a filter in the language of the machine table. `clock`: the present for times in the filter.
 * `among`: the selectable machines; omitted: all.
 */
export function useMachineChoice(clock: () => number, among?: ReadonlySet<number>): MachineChoice {
  const rows = usePacedMachines();
  const list = useCrema((s) => s.list);
  const [typed, setTyped] = useState('');
  const [filter, setFilter] = useState('');
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set());
  const found = useMemo(() => {
    const test = machineTest(filter, clock());
    return list.order.filter((vmcNo) => {
      const row = rows.get(vmcNo);
      if (row === undefined || among?.has(vmcNo) === false) return false;
      const status = list.statuses.get(vmcNo) ?? 'offline';
      const lastProblem = list.lastProblems.get(vmcNo) ?? null;
      const isTroubled = list.troubled.has(vmcNo);
      return !test.ok || test.matches({ row, status, lastProblem, isTroubled, orders: null });
    });
  }, [rows, list, filter, among, clock]);
  return {
    chosen,
    choose: (machines) => setChosen(new Set(machines)),
    toggle: (vmcNo) => {
      const next = new Set(chosen);
      if (!next.delete(vmcNo)) next.add(vmcNo);
      setChosen(next);
    },
    typed,
    type: (text) => {
      setTyped(text);
      if (machineTest(text.trim(), clock()).ok) setFilter(text.trim());
    },
    isWrong: !machineTest(typed.trim(), clock()).ok,
    filter,
    found,
    rows,
    statuses: list.statuses,
  };
}
