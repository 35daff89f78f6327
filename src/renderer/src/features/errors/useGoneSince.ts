import { useCrema } from '../../store';

/** Since when a machine is away, ms: what became of its errors after that nobody knows. `null`: it is there, or unknown. */
export function useGoneSince(vmcNo: number): number | null {
  return useCrema((s) => {
    const row = s.machines.get(vmcNo);
    return row === undefined || row.online ? null : row.since;
  });
}
