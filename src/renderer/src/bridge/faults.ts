/** The error history of one machine or of all, kept up to date while a view shows it. */
import { useCallback, useEffect, useRef, useState } from 'react';
import type { AppError } from '#shared/contract/errors';
import type { FaultCursor } from '#shared/model/history';
import { useCrema } from '../store';
import { addFaultNews, addFaultPage, emptyFaults, type FaultLog } from '../store/faults';
import { request } from './request';

const pageSize = 200;

export interface FaultHistory {
  readonly log: FaultLog;
  readonly error: AppError | null;
  /** Reads the next, older page. */
  readonly more: () => void;
}

/** For the whole life of the component: another machine or filter is another component. */
export function useFaults(vmcNo: number | null, activeOnly: boolean): FaultHistory {
  const [log, setLog] = useState(emptyFaults);
  const [error, setError] = useState<AppError | null>(null);
  const reading = useRef(false);
  const read = useCallback(
    async (before: FaultCursor | null) => {
      if (reading.current) return;
      reading.current = true;
      const reply = await request('faults', { vmcNo, activeOnly, before, limit: pageSize });
      reading.current = false;
      setError(reply.ok ? null : reply.error);
      if (reply.ok) setLog((old) => addFaultPage(old, reply.value, pageSize));
    },
    [vmcNo, activeOnly],
  );
  useEffect(() => {
    const stop = useCrema.subscribe(({ faultNews }, before) => {
      if (faultNews === before.faultNews) return;
      const mine = faultNews.filter((fault) => vmcNo === null || fault.vmcNo === vmcNo);
      setLog((old) => addFaultNews(old, mine));
    });
    const begin = async (): Promise<void> => read(null);
    void begin();
    return stop;
  }, [read, vmcNo]);
  const { cursor } = log;
  const more = useCallback(() => {
    const place = cursor === null ? null : { setAt: cursor.setAt, id: cursor.id };
    void read(place);
  }, [read, cursor]);
  return { log, error, more };
}
