/** android's notices over HTTP. Any host in the network can send one, so only those of the machine count. */
import { expect, test } from 'vitest';
import type { ControlNotice } from '#shared/model/upgrade';
import { android, controlled, remote, type Controlled } from '../../../../builders/controlled';

const elsewhere = '198.51.100.9';
const untrusted: readonly (readonly [why: string, notice: Partial<ControlNotice>, remoteAddress: string])[] =
  [
    ['unsigned', { sign: 'absent' }, '192.0.2.7'],
    ['signWrong', { sign: 'wrong' }, '192.0.2.7'],
    ['otherAddress', { remoteAddress: elsewhere }, elsewhere],
    ['otherAddress', { sign: 'wrong', remoteAddress: elsewhere }, elsewhere],
  ];
const findingsOf = ({ world }: Controlled) =>
  world.entries.flatMap((entry) =>
    entry.kind === 'finding' && entry.finding.code.startsWith('notice.') ? [entry.finding] : [],
  );

test.each(untrusted)(
  '%s: neither proof nor failure, only a remark with its address',
  (why, notice, address) => {
    const lock = { productIds: [101] };
    const book = controlled(android)
      .gives('lockProducts', lock)
      .sends(remote('productlock', { pid_list: '101' }))
      .notifies(notice)
      .shows('sent', ['noticeNotTrusted', { why, remoteAddress: address, status: 'accepted', times: 1 }])
      .notifies({ ...notice, done: false, reason: 'Z0023' })
      .shows('sent');
    expect(book.command().steps.at(-1)).toMatchObject({ params: { status: 'accepted', times: 2 } });
    // Recorded once, however often it arrives.
    expect(findingsOf(book)).toEqual([
      { code: `notice.${why}`, params: { session: book.command().sessionId, address } },
    ]);
    book.notifies().shows('confirmed', 'doneReported');
  },
);

test('a reported failure is not believed either', () => {
  controlled(android)
    .gives('openDoor', { spelling: 'opendoor' })
    .sends(remote('opendoor'))
    .notifies({ done: false, reason: 'Z0024', sign: 'absent' })
    .shows('sent', ['noticeNotTrusted', { why: 'unsigned', status: 'failed', reason: 'Z0024' }])
    .notifies({ done: false, reason: 'Z0024' })
    .shows('failed', ['machineSaidFailed', { reason: 'Z0024' }]);
});

test('thousands of them cause one step per reason and a hundred writes', () => {
  const book = controlled(android).gives('reboot').sends(remote('reboot'));
  let changes = 0;
  let before = book.command();
  for (let nth = 0; nth < 3_000; nth += 1) {
    book.notifies({ remoteAddress: `198.51.100.${nth % 200}`, reason: 'x'.repeat(900), done: false });
    if (nth === 0) book.shows('sent', ['noticeNotTrusted', { why: 'otherAddress' }]);
    if (book.command() !== before) changes += 1;
    before = book.command();
  }
  book.notifies({ sign: 'wrong' }).shows('sent', ['noticeNotTrusted', { why: 'signWrong' }]);
  expect(changes).toBe(100);
  expect(book.command().steps).toHaveLength(3);
  expect(String(book.command().steps[1]?.params['reason']).length).toBeLessThan(100);
  expect(findingsOf(book)).toHaveLength(2);
});

test('a notice repeated until it is answered is recorded once', () => {
  controlled(android)
    .gives('reboot')
    .sends(remote('reboot'))
    .notifies()
    .shows('sent', 'accepted')
    .after(10_000)
    .notifies()
    .shows('sent');
});

test('after a reconnect from another address both addresses belong to the machine, and no third one', () => {
  controlled(android)
    .gives('reboot')
    .sends(remote('reboot'))
    .hangsUp()
    .shows('sent', 'connectionClosed')
    .notifies()
    .shows('sent', 'accepted')
    .connects({ ...android, login_count: 5 }, 'login_r', elsewhere)
    .shows('sent', 'otherAddress')
    .notifies({ remoteAddress: '203.0.113.4' })
    .shows('sent', ['noticeNotTrusted', { why: 'otherAddress', remoteAddress: '203.0.113.4' }])
    .notifies()
    .shows('sent')
    .notifies({ remoteAddress: elsewhere, done: false, reason: '7' })
    .shows('failed', 'machineSaidFailed');
});
