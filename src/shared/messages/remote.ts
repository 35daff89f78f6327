import { fastcode, isPaid, payType, productId, sessionId } from './common';
import { word } from './field';
import { toMachine } from './row';
import { saysDrink } from './said';

/** android wraps in it what linux takes bare. Of its operations only `products` brings members of its own. */
export const remote = toMachine('remote', {
  source: 'field',
  fields: {
    operation: word('operation', {
      values: ['reboot', 'opendoor', 'rinsing', 'products', 'supplys', 'sync'],
      required: true,
    }),
    sessionId,
    productId,
    fastcode,
    isPaid,
    payType,
  },
  says: ({ operation, ...message }) => {
    const drink = operation === 'products' ? saysDrink(message) : null;
    return drink ?? (operation === null ? null : ['operation', { operation }]);
  },
  example: { vmc_no: 33_232, operation: 'sync', session_id: '1' },
});
