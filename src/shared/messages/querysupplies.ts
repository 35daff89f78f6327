import { status, supply } from './common';
import { fromMachine, toMachine } from './row';
import { saysStatus } from './says';

/** Queries the supplies. A machinestatus may answer it too. */
export const querysupplies = toMachine('querysupplies', {
  source: 'field',
  fields: {},
  answeredBy: ['querysupplies_r', 'machinestatus'],
  example: { vmc_no: 33_232 },
});

/** Some machines answer under the question's name. The content is read like a machinestatus. */
export const querysupplies_r = fromMachine('querysupplies_r', {
  source: 'field',
  also: ['querysupplies'],
  fields: { status, supply },
  says: saysStatus,
  example: { vmc_no: 33_232, supply: { '10009': '420' } },
});
