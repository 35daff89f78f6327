import { giving, rule } from './kit/rule';
import { entries, trouble } from './kit/trouble';
import { isIrregular, isSlow, seconds } from './kit/rhythm';

/** Other frames arrive, but no heartbeat. */
export const heartbeatMissing = rule({
  severity: 'warning',
  reads: ['link', 'heartbeat'],
  byTime: true,
  causes: { program: giving('reboot') },
  when: (facts) => {
    const since = trouble('noBeat', facts);
    return since === null
      ? null
      : {
          cause: 'program',
          since,
          evidence: entries(facts.machine.heartbeat.entry ?? facts.machine.login?.entry),
        };
  },
});

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

/** The intervals between heartbeats vary. */
export const heartbeatIrregular = rule({
  severity: 'info',
  reads: ['heartbeat', 'link'],
  byTime: false,
  causes: { line: null },
  when: ({ machine: { heartbeat, link }, platform }) => {
    const { intervals, entry } = heartbeat;
    if (link.status !== 'online' || !isIrregular(intervals, platform)) return null;
    const params = { least: seconds(Math.min(...intervals)), most: seconds(Math.max(...intervals)) };
    return { cause: 'line', evidence: entries(entry), params };
  },
});
