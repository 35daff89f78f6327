import { describe, test } from 'vitest';
import { answers, itsWord, refused, unproved } from '../../../builders/answering';
import { android, controlled, linux, remote, type Controlled } from '../../../builders/controlled';

/** Both take the same and are proved in the same way. */
describe.each([
  ['productlock', (book: Controlled, productIds: number[]) => book.gives('lockProducts', { productIds })],
  ['productunlock', (book: Controlled, productIds: number[]) => book.gives('unlockProducts', { productIds })],
] as const)('%s', (operation, gives) => {
  test('is proved by its own word, which nothing else could', () => {
    gives(controlled(android), [15, 102])
      .sends(remote(operation, { pid_list: '15,102' }))
      .receives({ cmd: 'hb' })
      .answers('hb')
      .shows('sent')
      .notifies()
      .shows('confirmed', 'machineSaidDone');
  });

  test('its code is its refusal', () => {
    gives(controlled(android), [101])
      .sends(remote(operation, { pid_list: '101' }))
      .notifies({ done: false, reason: 'Z0023' })
      .shows('failed', ['machineSaidFailed', { reason: 'Z0023' }]);
  });

  test('without a word it expires, and a late one is taken', () => {
    gives(controlled(android), [101])
      .sends(remote(operation, { pid_list: '101' }))
      .after(300_000)
      .shows('expired', 'noProof')
      .after(3_600_000)
      .notifies()
      .shows('confirmed', 'late', 'machineSaidDone');
  });

  test('another list runs beside it, one that names the same product does not', () => {
    const book = gives(controlled(android), [101, 102]).sends(remote(operation, { pid_list: '101,102' }));
    book.refuses(
      operation === 'productlock' ? 'lockProducts' : 'unlockProducts',
      { productIds: [102] },
      {
        code: 'commandRunning',
      },
    );
    gives(book.after(1_000), [103]).sends(remote(operation, { pid_list: '103' }));
  });
});

test.each([
  [[60_000], { code: 'productNumber', params: { productId: 60_000, min: 1, max: 59_999 } }],
  [[101, 101], { code: 'productTwice', params: { productId: 101 } }],
  [[], { code: 'badInput', params: { name: 'lockProducts', field: 'productIds' } }],
] as const)('%j is refused with its reason', (productIds, error) => {
  controlled(android).refuses('lockProducts', { productIds }, error);
});

test('no linux command is known for it', () => {
  controlled(linux).refuses('lockProducts', { productIds: [101] }, { code: 'commandNotPossible' });
});

answers('lockProducts', {
  android: {
    truly: itsWord,
    refuses: refused,
    fails: itsWord,
    late: itsWord,
    never: unproved,
    restarts: itsWord,
    dropped: itsWord,
  },
});
