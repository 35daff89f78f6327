import { rule, setting } from './kit/rule';
import { entries } from './kit/trouble';

/** Its login has no sign, though a code is stored for it. */
export const signAbsent = rule({
  severity: 'warning',
  reads: ['sign', 'login'],
  byTime: false,
  causes: { program: setting('signPolicy') },
  when: ({ machine: { sign, login } }) =>
    sign?.kind === 'absent' ? { cause: 'program', evidence: entries(login?.entry) } : null,
});
