import { isIrregular, seconds } from './kit/rhythm';
import { rule } from './kit/rule';
import { entries } from './kit/trouble';

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
