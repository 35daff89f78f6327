/** Problems of the shown machine, current and earlier. */
import { useEffect, useMemo, useState } from 'react';
import type { AppError } from '#shared/contract/errors';
import { diagnosesAtEnd, type Diagnosis } from '#shared/model/diagnosis';
import type { MachineState } from '#shared/model/machine';
import { useConfig, useCrema } from '../store';
import { isCapture, shownCapture } from '../store/source';
import { request } from './request';

/** Earlier problems in the list. */
const earlierShown = 100;

/**
 * For a capture, the window runs the rules on its end state; for live data, the server sends the results. `machine`: `null` if its state
 * is not known yet.
 */
export function useDiagnoses(vmcNo: number, machine: MachineState | null): readonly Diagnosis[] {
  const inCapture = useCrema(isCapture);
  const rows = useCrema((state) => state.diagnoses);
  const end = useCrema((state) => shownCapture(state)?.to ?? null);
  const config = useConfig(vmcNo);
  // A live state changes ten times a second: the rules do not run on it here.
  const recorded = inCapture ? machine : null;
  return useMemo(() => {
    if (!inCapture || recorded === null) return [...rows.values()].filter((row) => row.vmcNo === vmcNo);
    return diagnosesAtEnd(recorded, config, end);
  }, [inCapture, recorded, rows, end, config, vmcNo]);
}

interface Earlier {
  readonly rows: readonly Diagnosis[];
  readonly begun: boolean;
  readonly error: AppError | null;
}

/** Earlier problems, newest first; read again when another ends. `open`: the current problems. */
export function useEarlierDiagnoses(vmcNo: number, open: readonly Diagnosis[]): Earlier {
  const [earlier, setEarlier] = useState<Earlier>({ rows: [], begun: false, error: null });
  const ids = open.map(({ id }) => id).join();
  useEffect(() => {
    // A problem that is true again is listed as active, not as earlier.
    const isOpen = new Set(ids.split(','));
    let isActive = true;
    const read = async (): Promise<void> => {
      const reply = await request('diagnoses', { vmcNo, limit: earlierShown });
      if (!isActive) return;
      setEarlier(
        reply.ok
          ? {
              rows: reply.value.filter(({ id, until }) => until !== null && !isOpen.has(String(id))),
              begun: true,
              error: null,
            }
          : { rows: [], begun: true, error: reply.error },
      );
    };
    void read();
    return () => {
      isActive = false;
    };
  }, [vmcNo, ids]);
  return earlier;
}
