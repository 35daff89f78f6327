import { useEffect, useEffectEvent, useState } from 'react';
import type { Job } from '#shared/model/capture';
import type { Pace } from '../text/captureWords';

/** ms after which a rate is meaningful. */
const firstLook = 1_000;

/** The average over the whole run, which does not jump; `null`: too early to know. */
export function paceOf({ state, startedAt, done, total }: Job, now: number): Pace | null {
  const time = now - startedAt;
  if (state !== 'running' || total === null || done <= 0 || time < firstLook) return null;
  const rate = (done * 1000) / time;
  return { rate, left: Math.max(0, ((total - done) / rate) * 1000) };
}

/** Updated once a second. */
export function usePace(job: Job | null): Pace | null {
  const [pace, setPace] = useState<Pace | null>(null);
  const look = useEffectEvent(() => setPace(job === null ? null : paceOf(job, Date.now())));
  const running = job?.state === 'running';
  useEffect(() => {
    if (!running) return;
    const timer = setInterval(look, firstLook);
    return () => clearInterval(timer);
  }, [running]);
  return pace;
}
