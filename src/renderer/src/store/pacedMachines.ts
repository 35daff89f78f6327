import { useEffect, useState } from 'react';
import { useCrema } from './index';
import type { Rows } from './machines';

/** ms. Rows of a large fleet change with every batch; calculations over all rows run once in this time. */
const pace = 1_000;

/** Machine rows, at most a second old. New and removed machines show at once. */
export function usePacedMachines(): Rows {
  const [rows, setRows] = useState(() => useCrema.getState().machines);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | null = null;
    const take = (): void => {
      if (timer !== null) clearTimeout(timer);
      timer = null;
      setRows(useCrema.getState().machines);
    };
    take();
    const stop = useCrema.subscribe(({ machines }, before) => {
      if (machines === before.machines) return;
      if (machines.size !== before.machines.size) take();
      else timer ??= setTimeout(take, pace);
    });
    return () => {
      stop();
      if (timer !== null) clearTimeout(timer);
    };
  }, []);
  return rows;
}
