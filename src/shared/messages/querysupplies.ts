import { status, supply } from './common';
import { fromMachine, toMachine } from './row';
import { saysStatus } from './says';

/** Asks for supplies; a machinestatus answers it too. */
export const querysupplies = toMachine('querysupplies', {
  source: 'field',
  fields: {},
  answeredBy: ['querysupplies_r', 'machinestatus'],
  example: { vmc_no: 33_232 },
});

/** Some machines answer under the name of the question. Whatever it carries is read like a machinestatus. */
export const querysupplies_r = fromMachine('querysupplies_r', {
  source: 'field',
  also: ['querysupplies'],
  fields: { status, supply },
  says: saysStatus,
  example: { vmc_no: 33_232, supply: { '10009': '420' } },
});
