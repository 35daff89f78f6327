import { integer } from './field';
import { toMachine } from './row';

/** Sets a percentage of all prices; restarts the machine [doc 3.9, field]. */
export const discount = toMachine('discount', {
  source: 'doc',
  fields: { discount: integer('discount', { unit: 'percent', range: { min: 1, max: 100 } }) },
  says: ({ discount: percent }) => (percent === null ? null : ['percent', { percent }]),
  example: { vmc_no: 33_232, discount: 80 },
});
