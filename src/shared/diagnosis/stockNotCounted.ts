import { readAmount } from '../materials';
import { rule } from './kit/rule';
import { suppliesThat } from './kit/supplies';

/** The machine reports that it does not count these materials. */
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
