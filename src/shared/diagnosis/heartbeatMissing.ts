import { giving, rule } from './kit/rule';
import { entries, trouble } from './kit/trouble';

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
