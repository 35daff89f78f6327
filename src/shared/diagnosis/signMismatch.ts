import { rule, setting } from './kit/rule';
import { entries } from './kit/trouble';

/** The sign of its login is not what the stored code makes. */
export const signMismatch = rule({
  severity: 'warning',
  reads: ['sign', 'login'],
  byTime: false,
  causes: { program: setting('signPolicy') },
  when: ({ machine: { sign, login } }) =>
    sign?.kind === 'mismatch' ? { cause: 'program', evidence: entries(login?.entry) } : null,
});
