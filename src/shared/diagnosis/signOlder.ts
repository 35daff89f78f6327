import { rule } from './kit/rule';
import { entries } from './kit/trouble';

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
