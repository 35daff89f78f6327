/** Pending work of one leg: reminders, owed answers, and bytes that the peer does not read. */
import { describe, expect, it } from 'vitest';
import { Leg, type PendingAnswer } from '../../../../../src/main/core/connection/leg';
import { patience } from '../../../../../src/main/core/connection/pace';

const leg = (now = 0, hasLimits = false) => new Leg('machine', hasLimits, now);
const answer = (cmd: string, over: Partial<PendingAnswer> = {}): PendingAnswer => ({
  message: { cmd },
  head: 'decimal',
  pause: 500,
  since: 0,
  ...over,
});

describe('reminders', () => {
  it('are due at their exact time, the earliest first', () => {
    const one = leg();
    one.remind('a', 200);
    one.remind('b', 100);
    expect(one.dueAt).toBe(100);
    expect(one.takeReminder(99)).toBeNull();
    expect(one.takeReminder(100)).toBe('b');
    expect([one.dueAt, one.takeReminder(199), one.takeReminder(200)]).toEqual([200, null, 'a']);
    expect([one.dueAt, one.takeReminder(300)]).toEqual([Infinity, null]);
  });

  it('with the same subject, only the newest time counts', () => {
    const one = leg();
    one.remind('a', 100);
    one.remind('a', 200);
    expect([one.dueAt, one.takeReminder(199), one.takeReminder(200), one.takeReminder(200)]).toEqual([
      200,
      null,
      'a',
      null,
    ]);
  });

  it('keep their remaining time when the clock is set', () => {
    const one = leg();
    one.remind('a', 100);
    one.moveReminders(1_000);
    expect([one.takeReminder(1_099), one.takeReminder(1_100)]).toEqual([null, 'a']);
  });

  it('wait while the machine does not read, and end with the leg', () => {
    const one = leg();
    one.remind('a', 100);
    one.unread = { bytes: 1, since: 0 };
    expect([one.dueAt, one.takeReminder(100)]).toEqual([Infinity, null]);
    one.unread = null;
    one.hasEnded = true;
    expect(one.takeReminder(100)).toBeNull();
    one.hasEnded = false;
    expect(one.takeReminder(100)).toBe('a');
  });

  const dueOf = (one: Leg): readonly string[] => {
    const due: string[] = [];
    for (let next = one.takeReminder(1e6); next !== null; next = one.takeReminder(1e6)) due.push(next);
    return due;
  };

  it('are fifty: one more, and the oldest request is forgotten', () => {
    const one = leg();
    for (let nth = 0; nth < 50; nth += 1) one.remind(`${nth}`, nth);
    // A repeated request is the newest.
    one.remind('0', 0);
    one.remind('50', 50);
    expect(dueOf(one)).toEqual(['0', ...Array.from({ length: 49 }, (_, nth) => `${nth + 2}`)]);
    for (let nth = 0; nth < 50; nth += 1) one.remind(`${nth}`, nth);
    expect(dueOf(one)).toHaveLength(50);
  });
});

describe('pending answers', () => {
  it('are limited to fifty: one more sends the first immediately', () => {
    const one = leg();
    for (let nth = 0; nth < 50; nth += 1) expect(one.addAnswer(answer(`${nth}`))).toBeNull();
    expect(one.addAnswer(answer('50'))?.message.cmd).toBe('0');
    expect(one.pendingAnswers.map(({ message }) => message.cmd)).toEqual(
      Array.from({ length: 50 }, (_, nth) => `${nth + 1}`),
    );
  });

  it('follow the previous frame after exactly the pause', () => {
    const one = leg();
    one.wroteAt = 1_000;
    one.addAnswer(answer('a', { since: 1_000 }));
    expect([one.answerDueAt, one.dueAt, one.takeAnswer(1_499)]).toEqual([1_500, 1_500, null]);
    expect(one.takeAnswer(1_500)?.message.cmd).toBe('a');
    expect([one.answerDueAt, one.takeAnswer(9_999)]).toEqual([Infinity, null]);
  });

  it('do not wait longer than the patience, and never share a millisecond with another frame', () => {
    const one = leg();
    one.addAnswer(answer('a', { since: 0 }));
    one.wroteAt = patience - 500;
    expect(one.answerDueAt).toBe(patience);
    one.wroteAt = patience - 499;
    expect(one.answerDueAt).toBe(patience);
    one.wroteAt = patience;
    expect([one.answerDueAt, one.takeAnswer(patience)]).toEqual([patience + 1, null]);
    expect(one.takeAnswer(patience + 1)?.message.cmd).toBe('a');
  });

  it('are sent at once if the clock was set back, and not while the machine reads nothing', () => {
    const one = leg();
    one.wroteAt = 1_000;
    one.addAnswer(answer('a', { since: 1_000 }));
    expect(one.takeAnswer(1_000)).toBeNull();
    one.unread = { bytes: 1, since: 1_000 };
    expect([one.answerDueAt, one.takeAnswer(999)]).toEqual([Infinity, null]);
    one.unread = null;
    expect(one.takeAnswer(999)?.message.cmd).toBe('a');
  });
});

describe('limits', () => {
  it('bytes that are not read for 30 s', () => {
    const one = leg(0, true);
    one.unread = { bytes: 77, since: 1_000 };
    expect([one.dueAt, one.passed(30_999)]).toEqual([31_000, null]);
    expect(one.passed(31_000)).toEqual({
      reason: 'notReading',
      finding: { code: 'link.notReading', params: { bytes: 77 } },
    });
  });

  it('count from their restart', () => {
    const one = leg(0, true);
    one.unread = { bytes: 77, since: 1_000 };
    one.restartLimits(5_000);
    expect([one.dueAt, one.passed(34_999)]).toEqual([35_000, null]);
    expect(one.passed(35_000)?.reason).toBe('notReading');
  });

  it('restart earlier after the clock was set back', () => {
    const one = leg(9_000, true);
    one.unread = { bytes: 77, since: 9_000 };
    one.restartLimits(1_000);
    expect([one.lastAt, one.unread.since, one.dueAt]).toEqual([1_000, 1_000, 31_000]);
  });

  it('none for a leg without limits, and none once its other end is closed', () => {
    const one = leg(0, true);
    one.junkBytes = 65_536;
    expect(one.passed(0)?.reason).toBe('noFrame');
    one.junkBytes = 65_535;
    expect(one.passed(0)).toBeNull();
    one.junkBytes = 65_536;
    one.hasEnded = true;
    expect([one.passed(1e9), one.dueAt]).toEqual([null, Infinity]);
    const other = leg(0, false);
    other.junkBytes = 65_536;
    expect([other.passed(1e9), other.dueAt]).toEqual([null, Infinity]);
  });
});

describe('received bytes', () => {
  it('and were passed on are not dealt with again; those after them are', () => {
    const one = leg();
    one.keep(new Uint8Array(3), 0, 1, true);
    one.keep(new Uint8Array(2), 0, 2, false);
    expect([one.isFullyForwarded, one.isWithinFrame]).toEqual([false, true]);
    expect([one.hasUnpassed(new Uint8Array(3)), one.hasUnpassed(new Uint8Array(4))]).toEqual([false, true]);
    expect([...one.takeUnpassed(Uint8Array.of(1, 2, 3, 4))]).toEqual([4]);
    expect([one.isFullyForwarded, one.isWithinFrame]).toEqual([false, false]);
    expect([...one.takeUnpassed(Uint8Array.of(5))]).toEqual([5]);
    expect([one.isFullyForwarded, one.isWithinFrame]).toEqual([true, false]);
    one.keep(new Uint8Array(1), 0, 3, true);
    expect([...one.takeUnpassed(Uint8Array.of(6))]).toEqual([]);
  });
});
