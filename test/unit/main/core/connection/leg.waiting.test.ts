/** What waits on one leg: reminders, answers that are owed, and bytes that the other end does not take. */
import { describe, expect, it } from 'vitest';
import { Leg, type Owed } from '../../../../../src/main/core/connection/leg';
import { patience } from '../../../../../src/main/core/connection/pace';

const leg = (now = 0, hasLimits = false) => new Leg('machine', hasLimits, now);
const owed = (cmd: string, over: Partial<Owed> = {}): Owed => ({
  message: { cmd },
  head: 'decimal',
  pause: 500,
  since: 0,
  ...over,
});

describe('reminders', () => {
  it('are due at their time, not a millisecond before, the earliest first', () => {
    const one = leg();
    one.remind('a', 200);
    one.remind('b', 100);
    expect(one.dueAt).toBe(100);
    expect(one.takeReminder(99)).toBeNull();
    expect(one.takeReminder(100)).toBe('b');
    expect([one.dueAt, one.takeReminder(199), one.takeReminder(200)]).toEqual([200, null, 'a']);
    expect([one.dueAt, one.takeReminder(300)]).toEqual([Infinity, null]);
  });

  it('asked for again, only the new time counts', () => {
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

  it('are as far off as before when the clock is set', () => {
    const one = leg();
    one.remind('a', 100);
    one.moveReminders(1_000);
    expect([one.takeReminder(1_099), one.takeReminder(1_100)]).toEqual([null, 'a']);
  });

  it('wait while the machine does not take what was written, and end with the leg', () => {
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

  it('are fifty: of one more, the one that was asked for first is forgotten', () => {
    const one = leg();
    for (let nth = 0; nth < 50; nth += 1) one.remind(`${nth}`, nth);
    // Asked for again: now it is the newest.
    one.remind('0', 0);
    one.remind('50', 50);
    expect(dueOf(one)).toEqual(['0', ...Array.from({ length: 49 }, (_, nth) => `${nth + 2}`)]);
    for (let nth = 0; nth < 50; nth += 1) one.remind(`${nth}`, nth);
    expect(dueOf(one)).toHaveLength(50);
  });
});

describe('answers that are owed', () => {
  it('are fifty: one more sends the first at once', () => {
    const one = leg();
    for (let nth = 0; nth < 50; nth += 1) expect(one.owe(owed(`${nth}`))).toBeNull();
    expect(one.owe(owed('50'))?.message.cmd).toBe('0');
    expect(one.owed.map(({ message }) => message.cmd)).toEqual(
      Array.from({ length: 50 }, (_, nth) => `${nth + 1}`),
    );
  });

  it('go a pause after the frame before them, not a millisecond earlier', () => {
    const one = leg();
    one.wroteAt = 1_000;
    one.owe(owed('a', { since: 1_000 }));
    expect([one.owedAt, one.dueAt, one.takeOwed(1_499)]).toEqual([1_500, 1_500, null]);
    expect(one.takeOwed(1_500)?.message.cmd).toBe('a');
    expect([one.owedAt, one.takeOwed(9_999)]).toEqual([Infinity, null]);
  });

  it('do not wait beyond their patience, and never go in the millisecond of another frame', () => {
    const one = leg();
    one.owe(owed('a', { since: 0 }));
    one.wroteAt = patience - 500;
    expect(one.owedAt).toBe(patience);
    one.wroteAt = patience - 499;
    expect(one.owedAt).toBe(patience);
    one.wroteAt = patience;
    expect([one.owedAt, one.takeOwed(patience)]).toEqual([patience + 1, null]);
    expect(one.takeOwed(patience + 1)?.message.cmd).toBe('a');
  });

  it('go at once where the clock was set back, and not while nothing is taken', () => {
    const one = leg();
    one.wroteAt = 1_000;
    one.owe(owed('a', { since: 1_000 }));
    expect(one.takeOwed(1_000)).toBeNull();
    one.unread = { bytes: 1, since: 1_000 };
    expect([one.owedAt, one.takeOwed(999)]).toEqual([Infinity, null]);
    one.unread = null;
    expect(one.takeOwed(999)?.message.cmd).toBe('a');
  });
});

describe('limits', () => {
  it('bytes that are not taken for 30 s', () => {
    const one = leg(0, true);
    one.unread = { bytes: 77, since: 1_000 };
    expect([one.dueAt, one.passed(30_999)]).toEqual([31_000, null]);
    expect(one.passed(31_000)).toEqual({
      reason: 'notReading',
      finding: { code: 'link.notReading', params: { bytes: 77 } },
    });
  });

  it('are measured from when they began again', () => {
    const one = leg(0, true);
    one.unread = { bytes: 77, since: 1_000 };
    one.restartLimits(5_000);
    expect([one.dueAt, one.passed(34_999)]).toEqual([35_000, null]);
    expect(one.passed(35_000)?.reason).toBe('notReading');
  });

  it('begin before a clock that was set back', () => {
    const one = leg(9_000, true);
    one.unread = { bytes: 77, since: 9_000 };
    one.restartLimits(1_000);
    expect([one.lastAt, one.unread.since, one.dueAt]).toEqual([1_000, 1_000, 31_000]);
  });

  it('none for a leg without, and none once its other end is gone', () => {
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

describe('bytes that came', () => {
  it('and were passed on are not dealt with again; those after them are', () => {
    const one = leg();
    one.receives(3, true);
    one.receives(2, false);
    expect([one.isFullyForwarded, one.isWithinFrame]).toEqual([false, true]);
    expect([one.hasUnpassed(new Uint8Array(3)), one.hasUnpassed(new Uint8Array(4))]).toEqual([false, true]);
    expect([...one.takeUnpassed(Uint8Array.of(1, 2, 3, 4))]).toEqual([4]);
    expect([one.isFullyForwarded, one.isWithinFrame]).toEqual([false, false]);
    expect([...one.takeUnpassed(Uint8Array.of(5))]).toEqual([5]);
    expect([one.isFullyForwarded, one.isWithinFrame]).toEqual([true, false]);
    one.receives(1, true);
    expect([...one.takeUnpassed(Uint8Array.of(6))]).toEqual([]);
  });
});
