import { readAmount } from '../materials';
import { rule } from './kit/rule';
import { suppliesThat } from './kit/supplies';

/** By its own count nothing is left of a material: drinks made of it are sold out. */
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
