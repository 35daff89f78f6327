import { sessionId } from './common';
import { word } from './field';
import { opendoor } from './opendoor';
import { products } from './products';
import { querysupplies } from './querysupplies';
import { reboot } from './reboot';
import { rinsing } from './rinsing';
import { toMachine } from './row';
import { saysDrink } from './says';
import { statusquery } from './statusquery';

const { vmcNo: _outer, ...wrapped } = {
  ...reboot.fields,
  ...opendoor.fields,
  ...rinsing.fields,
  ...products.fields,
  ...querysupplies.fields,
  ...statusquery.fields,
};

/** android wraps in it what linux takes bare, with its members. */
export const remote = toMachine('remote', {
  source: 'field',
  fields: {
    operation: word('operation', {
      values: ['reboot', 'opendoor', 'rinsing', 'products', 'supplys', 'sync'],
      required: true,
    }),
    sessionId,
    ...wrapped,
  },
  says: ({ operation, ...message }) => {
    const drink = operation === 'products' ? saysDrink(message) : null;
    return drink ?? (operation === null ? null : ['operation', { operation }]);
  },
  example: { vmc_no: 33_232, operation: 'sync', session_id: '1' },
});
