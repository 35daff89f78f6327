import { rule, setting } from './kit/rule';
import { entries } from './kit/trouble';

/** The login's sign does not match the stored code. */
export const signMismatch = rule({
  severity: 'warning',
  reads: ['sign', 'login'],
  byTime: false,
  causes: { program: setting('signPolicy') },
  when: ({ machine: { sign, login } }) =>
    sign?.kind === 'mismatch' ? { cause: 'program', evidence: entries(login?.entry) } : null,
});
