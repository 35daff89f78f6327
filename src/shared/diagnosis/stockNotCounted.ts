import { readAmount } from '../materials';
import { rule } from './kit/rule';
import { suppliesThat } from './kit/supplies';

/** Materials of which it says that nobody counts them. */
export const stockNotCounted = rule({
  severity: 'info',
  reads: ['supplies'],
  byTime: false,
  causes: { notEntered: null },
  when: ({ machine }) => {
    const seen = suppliesThat(machine, (raw) => readAmount(raw).kind === 'sentinel');
    return seen === null ? null : { cause: 'notEntered', ...seen };
  },
});
