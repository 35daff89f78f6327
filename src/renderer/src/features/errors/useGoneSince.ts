import { useCrema } from '../../store';

/** Since when the machine is offline, ms: later changes of its faults are unknown. `null`: online, or unknown. */
export function useGoneSince(vmcNo: number): number | null {
  return useCrema((s) => {
    const row = s.machines.get(vmcNo);
    return row === undefined || row.online ? null : row.since;
  });
}
