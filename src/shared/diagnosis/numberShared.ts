import { rule } from './kit/rule';
import { entries, trouble } from './kit/trouble';

/** Two machines have the same number and displace each other. */
export const numberShared = rule({
  severity: 'error',
  reads: ['findings'],
  byTime: true,
  causes: { twice: null },
  when: (facts) => {
    const since = trouble('shared', facts);
    return since === null
      ? null
      : { cause: 'twice', since, evidence: entries(facts.machine.findings['number.shared']?.entry) };
  },
});
