import { readAmount } from '../materials';
import { rule } from './kit/rule';
import { suppliesThat } from './kit/supplies';

/** By the machine's own count a material is empty, so its drinks are sold out. */
export const materialEmpty = rule({
  severity: 'warning',
  reads: ['supplies'],
  byTime: false,
  causes: { usedUp: null },
  when: ({ machine }) => {
    const seen = suppliesThat(machine, (raw) => {
      const amount = readAmount(raw);
      return amount.kind === 'amount' && amount.value <= 0;
    });
    return seen === null ? null : { cause: 'usedUp', ...seen };
  },
});
