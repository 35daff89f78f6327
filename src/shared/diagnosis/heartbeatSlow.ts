import { isSlow, seconds } from './kit/rhythm';
import { rule } from './kit/rule';
import { entries } from './kit/trouble';

/** Heartbeats arrive less often than the machine's program sends them. */
export const heartbeatSlow = rule({
  severity: 'warning',
  reads: ['heartbeat', 'link'],
  byTime: false,
  causes: { network: null },
  when: ({ machine: { heartbeat, link }, platform }) =>
    link.status === 'online' && isSlow(heartbeat.intervals, platform)
      ? {
          cause: 'network',
          evidence: entries(heartbeat.entry),
          params: { seconds: seconds(heartbeat.intervals.at(-1) ?? 0) },
        }
      : null,
});
