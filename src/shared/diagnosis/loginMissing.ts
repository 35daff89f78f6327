import { rule } from './kit/rule';
import { entries, trouble } from './kit/trouble';

/** The machine is connected but does not log in. */
export const loginMissing = rule({
  severity: 'error',
  reads: ['link', 'login', 'findings'],
  byTime: true,
  causes: { program: null },
  when: (facts) => {
    const since = trouble('noLogin', facts);
    const { heartbeat, findings } = facts.machine;
    const early = findings['login.missing'];
    return since === null
      ? null
      : {
          cause: 'program',
          since,
          evidence: entries(early !== undefined && early.last >= since ? early.entry : heartbeat.entry),
        };
  },
});
