import { rule, setting } from './kit/rule';
import { entries } from './kit/trouble';

/** The login has no sign although a code is stored for the machine. */
export const signAbsent = rule({
  severity: 'warning',
  reads: ['sign', 'login'],
  byTime: false,
  causes: { program: setting('signPolicy') },
  when: ({ machine: { sign, login } }) =>
    sign?.kind === 'absent' ? { cause: 'program', evidence: entries(login?.entry) } : null,
});
