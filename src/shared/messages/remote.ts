import { fetchTypes } from '../model/fetched';
import { sessionId, supply } from './common';
import { text, texts, word } from './field';
import { products } from './products';
import { toMachine, type Fields } from './row';
import { saysDrink } from './says';

const { vmcNo: _outer, ...drink } = products.fields;

/** android wraps these messages in it, which linux takes bare, with their members. Its type has those of a drink only, of which it says more. */
export const remoteOf = (rows: readonly { readonly fields: Fields }[]) => {
  const members: object = Object.fromEntries(
    rows.flatMap(({ fields }) => Object.entries(fields)).filter(([name]) => name !== 'vmcNo'),
  );
  return toMachine('remote', {
    source: 'field',
    fields: {
      /** The name of the one that is wrapped, and what has no bare form; an operation without words here has those of its command. */
      operation: word('operation', {
        values: [
          'reboot',
          'opendoor',
          'rinsing',
          'products',
          'supplys',
          'sync',
          'productlock',
          'productunlock',
          'upload',
          // Seen, and of them no more is known.
          'machinelock',
          'machineunlock',
          'opensmalldoor',
          'launch',
        ],
        required: true,
      }),
      sessionId,
      /** Of `supplys`: by how much, `+200` or `-50`. */
      supplyChange: texts(supply.names, {
        unit: 'materialId',
        each: { means: 'supplyChangeBy', type: 'text', unit: 'none' },
      }),
      /** Of `productlock` and `productunlock`: `101,102`. */
      productList: text('pid_list'),
      /** Of `upload`: what of, where to, and of a log its day and folder. */
      fileType: word('type', { values: fetchTypes }),
      fileTo: text('dir', { unit: 'url' }),
      logDay: text('date'),
      logFolder: text('folder'),
      ...members,
      ...drink,
    },
    says: ({ operation, ...message }) => {
      const made = operation === 'products' ? saysDrink(message) : null;
      return made ?? (operation === null ? null : ['operation', { operation }]);
    },
    example: { vmc_no: 33_232, operation: 'sync', session_id: '1' },
  });
};
