import { test } from 'vitest';
import { answers, itsWord, refused, unproved } from '../../../builders/answering';
import { android, controlled, remote } from '../../../builders/controlled';

/** Properties shared with locking are tested in lockProducts.test.ts. */
test('a locked product is unlocked while the lock command still waits', () => {
  controlled(android)
    .gives('lockProducts', { productIds: [101] })
    .sends(remote('productlock', { pid_list: '101' }))
    .after(15_000)
    .gives('unlockProducts', { productIds: [101] })
    .sends(remote('productunlock', { pid_list: '101' }))
    .notifies()
    .shows('confirmed', 'doneReported')
    .showsOf(1, 'sent');
});

answers('unlockProducts', {
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
