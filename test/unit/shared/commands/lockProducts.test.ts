import { describe, test } from 'vitest';
import { answers, itsWord, refused, unproved } from '../../../builders/answering';
import { android, controlled, linux, remote, type Controlled } from '../../../builders/controlled';

/** Both commands have the same input and the same proof. */
describe.each([
  [
    'productlock',
    (book: Controlled, productIds: number[]) => book.gives('lockProducts', { productIds }),
    { lock: 'true', isLocked: '1', is_lock: 'True', onSale: 'false', on_shelf: '0', off_shelf: '1' },
  ],
  [
    'productunlock',
    (book: Controlled, productIds: number[]) => book.gives('unlockProducts', { productIds }),
    { lock: 'false', isLocked: '0', is_lock: 'False', onSale: 'true', on_shelf: '1', off_shelf: '0' },
  ],
] as const)('%s', (operation, gives, columns) => {
  const sent = (...ids: number[]): Controlled =>
    gives(controlled(android), ids).sends(remote(operation, { pid_list: ids.join(',') }));
  const [[column, is]] = Object.entries(columns) as [[string, string], ...(readonly [string, string])[]];
  const isNot = is === 'true' ? 'false' : 'true';

  test.each(Object.entries(columns))('the product list proves it by %s %s', (named, cell) => {
    sent(15, 102)
      .after(1_000)
      .lists({ 15: cell, 102: cell, 103: 'none' }, named)
      .shows('confirmed', ['menuListed', { listed: 2 }]);
  });

  test('a product list proves what it contains, and shows differences', () => {
    const book = sent(15, 102, 103).after(1_000);
    book
      .lists({ 15: is, 102: isNot }, column)
      .shows('sent', ['menuDiffers', { productId: 102, differing: 1 }], ['menuListed', { listed: 1 }]);
    book.lists({ 15: isNot, 102: is, 103: is }, column).shows('confirmed', ['menuListed', { listed: 2 }]);
  });

  test('a product list proves nothing by another column, by other values than yes and no, or by unchanged values', () => {
    const book = sent(15).lists({ 15: is }, column).shows('sent');
    const before = book.world.now;
    book.after(1_000).lists({ 15: is }, column, before).shows('sent');
    book.lists({ 15: is }, 'blocked').lists({ 15: is }, 'unlock').lists({ 15: '2' }, column).shows('sent');
    book.lists({ 16: is }, column).lists({ 15: '' }, column).shows('sent');
  });

  test('a product list is also a late proof', () => {
    sent(15)
      .after(300_000)
      .shows('expired', 'noProof')
      .after(3_600_000)
      .lists({ 15: is }, column)
      .shows('confirmed', 'late', 'menuListed');
  });

  test('the proof is the machine’s own reply, because no frame shows it', () => {
    gives(controlled(android), [15, 102])
      .sends(remote(operation, { pid_list: '15,102' }))
      .receives({ cmd: 'hb' })
      .answers('hb')
      .shows('sent')
      .notifies()
      .shows('confirmed', 'doneReported');
  });

  test('fails with the code of a refusal', () => {
    gives(controlled(android), [101])
      .sends(remote(operation, { pid_list: '101' }))
      .notifies({ done: false, reason: 'Z0023' })
      .shows('failed', ['machineSaidFailed', { reason: 'Z0023' }]);
  });

  test('expires without a reply, and accepts a late one', () => {
    gives(controlled(android), [101])
      .sends(remote(operation, { pid_list: '101' }))
      .after(300_000)
      .shows('expired', 'noProof')
      .after(3_600_000)
      .notifies()
      .shows('confirmed', 'late', 'doneReported');
  });

  test('runs beside another list, but not beside one with the same product', () => {
    const book = gives(controlled(android), [101, 102]).sends(remote(operation, { pid_list: '101,102' }));
    book.refuses(
      operation === 'productlock' ? 'lockProducts' : 'unlockProducts',
      { productIds: [102] },
      {
        code: 'commandRunning',
      },
    );
    gives(book.after(15_000), [103]).sends(remote(operation, { pid_list: '103' }));
  });
});

test.each([
  [[60_000], { code: 'productNumber', params: { productId: 60_000, min: 1, max: 59_999 } }],
  [[101, 101], { code: 'productTwice', params: { productId: 101 } }],
  [[], { code: 'badInput', params: { name: 'lockProducts', field: 'productIds' } }],
] as const)('%j is refused with its reason', (productIds, error) => {
  controlled(android).refuses('lockProducts', { productIds }, error);
});

test('has no known linux command', () => {
  controlled(linux).refuses('lockProducts', { productIds: [101] }, { code: 'commandNotPossible' });
});

answers('lockProducts', {
  android: {
    truly: itsWord,
    refuses: refused,
    fails: unproved,
    late: 'confirmed: sent, noProof, late, doneReported',
    never: unproved,
    restarts: unproved,
    dropped: itsWord,
  },
});
