import { useEffect, useState } from 'react';
import { clockProblemOf, type ClockProblem } from '#shared/model/computerClock';
import { request } from '../../bridge/request';
import { useCrema } from '../../store';

/** ms between checks. */
const pause = 60_000;

/** The last data of any machine. */
function newestRecord(): number | null {
  const { machines, source } = useCrema.getState();
  // Records of a capture have the clock of another computer.
  if (source !== null || machines.size === 0) return null;
  let newest = 0;
  for (const { lastHeard } of machines.values()) newest = Math.max(newest, lastHeard ?? 0);
  return newest;
}

/** Whether this computer's clock is certainly wrong; `null`: no sign of it. */
export function useClockProblem(): ClockProblem | null {
  const [problem, setProblem] = useState<ClockProblem | null>(null);
  useEffect(() => {
    let builtAt: number | null = null;
    const check = (): void =>
      setProblem(clockProblemOf({ now: Date.now(), builtAt, newestRecord: newestRecord() }));
    const begin = async (): Promise<void> => {
      const about = await request('about', undefined);
      if (about.ok) builtAt = about.value.committedAt;
      check();
    };
    void begin();
    const timer = setInterval(check, pause);
    return () => clearInterval(timer);
  }, []);
  return problem;
}
