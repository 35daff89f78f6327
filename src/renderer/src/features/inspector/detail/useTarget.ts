import { useEffect, useState } from 'react';
import { everyFrame } from '#shared/filter/frames';
import type { FrameDetail } from '#shared/model/frame';
import { request } from '../../../bridge/request';

/** The machine of an entry. Entries from before the login get the number that the connection reports next. */
export function useTarget({ id, conn, kind, vmcNo }: FrameDetail): number | null {
  const [known, setKnown] = useState<{ readonly id: number; readonly vmcNo: number } | null>(null);
  const isLookedUp = kind === 'opened' && vmcNo === null;
  useEffect(() => {
    if (!isLookedUp) return;
    let wanted = true;
    const look = async (): Promise<void> => {
      const filter = { ...everyFrame, text: `conn:${conn} vmc:*` };
      const reply = await request('frames', { filter, place: { after: id }, limit: 1 });
      const found = reply.ok ? reply.value.rows[0]?.vmcNo : null;
      if (wanted && found != null) setKnown({ id, vmcNo: found });
    };
    void look();
    return () => {
      wanted = false;
    };
  }, [isLookedUp, id, conn]);
  return vmcNo ?? (known?.id === id ? known.vmcNo : null);
}
