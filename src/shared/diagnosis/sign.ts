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

/** The login has no sign although a code is stored for the machine. */
export const signAbsent = rule({
  severity: 'warning',
  reads: ['sign', 'login'],
  byTime: false,
  causes: { program: setting('signPolicy') },
  when: ({ machine: { sign, login } }) =>
    sign?.kind === 'absent' ? { cause: 'program', evidence: entries(login?.entry) } : null,
});

/** The sign uses the formula of older programs, which is the same at every login. */
export const signOlder = rule({
  severity: 'info',
  reads: ['sign', 'login'],
  byTime: false,
  causes: { program: null },
  when: ({ machine: { sign, login } }) =>
    sign?.kind === 'matched' && sign.formula === 'codeNumber'
      ? { cause: 'program', evidence: entries(login?.entry) }
      : null,
});

/** The sign lacks its leading zeros, or is in capitals. */
export const signLoose = rule({
  severity: 'info',
  reads: ['sign', 'login'],
  byTime: false,
  causes: { program: null },
  when: ({ machine: { sign, login } }) =>
    sign?.kind === 'matched' && !sign.exact ? { cause: 'program', evidence: entries(login?.entry) } : null,
});
