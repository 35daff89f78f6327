import { fetchTypes } from '../model/fetched';
import { sessionId, supply } from './common';
import { text, texts, word } from './field';
import { products } from './products';
import { toMachine, type Fields } from './row';
import { saysDrink } from './says';

const { vmcNo: _outer, ...drink } = products.fields;

/**
 * android's wrapper for messages that linux receives bare, with their members.
 * Its type contains only the members of a drink, because only these are used further.
 */
export const remoteOf = (rows: readonly { readonly fields: Fields }[]) => {
  const members: object = Object.fromEntries(
    rows.flatMap(({ fields }) => Object.entries(fields)).filter(([name]) => name !== 'vmcNo'),
  );
  return toMachine('remote', {
    source: 'field',
    fields: {
      /** The name of the wrapped message, or an operation without a bare form. An operation without a label has its command's. */
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
          // Observed; nothing else is known.
          'machinelock',
          'machineunlock',
          'opensmalldoor',
          'launch',
        ],
        required: true,
      }),
      sessionId,
      /** For `supplys`: the change of the amount, `+200` or `-50`. */
      supplyChange: texts(supply.names, {
        unit: 'materialId',
        each: { means: 'supplyChangeBy', type: 'text', unit: 'none' },
      }),
      /** For `productlock` and `productunlock`: `101,102`. */
      productList: text('pid_list'),
      /** For `upload`: the file type, the target address, and a log's day and folder. */
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
