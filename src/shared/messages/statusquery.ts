import { status, supply } from './common';
import { fromMachine, toMachine } from './row';
import { saysStatus } from './says';

/** Queries the machine's status. A machinestatus may answer it too. */
export const statusquery = toMachine('statusquery', {
  source: 'field',
  fields: {},
  answeredBy: ['statusquery_r', 'machinestatus'],
  example: { vmc_no: 33_232 },
});

/** Some machines answer under the question's name. The content is read like a machinestatus. */
export const statusquery_r = fromMachine('statusquery_r', {
  source: 'field',
  also: ['statusquery'],
  fields: { status, supply },
  says: saysStatus,
  example: { vmc_no: 33_232, status: 'dooropen' },
});
