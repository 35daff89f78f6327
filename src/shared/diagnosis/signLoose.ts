import { rule } from './kit/rule';
import { entries } from './kit/trouble';

/** The sign lacks its leading zeros, or is in capitals. */
export const signLoose = rule({
  severity: 'info',
  reads: ['sign', 'login'],
  byTime: false,
  causes: { program: null },
  when: ({ machine: { sign, login } }) =>
    sign?.kind === 'matched' && !sign.exact ? { cause: 'program', evidence: entries(login?.entry) } : null,
});
