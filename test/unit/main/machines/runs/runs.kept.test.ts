/** Persistent runs: a first wave that must be proved, hours, offline machines, and the state after a kill. */
import { describe, expect, it } from 'vitest';
import type { AppError } from '#shared/contract/errors';
import type { RunStep } from '#shared/model/sequence';
import { Running } from '../../../../builders/running';

const upgrade: RunStep = { do: 'command', name: 'upgrade', input: { packageId: 'a'.repeat(64) } };
const rinse: RunStep = { do: 'command', name: 'rinse', input: {} };

describe('a package that this computer could not serve', () => {
  const refused = (book: Running, vmcNo: number, status: number) =>
    book.becomes(vmcNo, 'sent', 'downloadRefused', {
      endedAt: null,
      steps: [{ what: 'downloadRefused', at: book.now, entry: null, params: { status } }],
    });

  it.each([404, 409, 500])('is not offered to others before the user continues (%d)', (status) => {
    const book = new Running().starts([upgrade], [1, 2, 3, 4], { atOnce: 2 }).gives(1, 2);
    refused(book, 1, status);
    expect(book.run()).toMatchObject({ state: 'paused', paused: 'notServed' });
    book.becomes(2, 'confirmed').after(3_600).gives();
    // The file exists again, and the machine has retried.
    book.becomes(1, 'confirmed').gives();
    book.runs.pause(1, false);
    book.goesOn().gives(3, 4);
    refused(book, 3, status);
    // No machine is left to hold back.
    expect(book.run()).toMatchObject({ state: 'running', paused: null });
  });

  it('also holds back machines that wait for the first wave, and not again after they continue', () => {
    const book = new Running().starts([upgrade], [1, 2], { first: 1 }).gives(1);
    refused(book, 1, 404);
    expect(book.run()).toMatchObject({ paused: 'notServed', first: 'awaited' });
    book.runs.pause(1, false);
    book.goesOn();
    expect(book.run()).toMatchObject({ state: 'running', paused: null });
    const next = Running.after(book.record);
    expect(next.run()).toMatchObject({ state: 'running', paused: null });
  });

  it.each([412, 416])('unlike a wrong request of a machine (%d)', (status) => {
    const book = new Running().starts([upgrade], [1, 2], { atOnce: 1 }).gives(1);
    refused(book, 1, status);
    expect(book.run()).toMatchObject({ state: 'running' });
  });
});

describe('the first wave', () => {
  it('is one machine, and all others wait for its proof and the pause', () => {
    const book = new Running().starts([upgrade], [1, 2, 3, 4], { first: 1, atOnce: 2, pause: 60 }).gives(1);
    expect(book.run()).toMatchObject({ first: 'awaited', wave: 1, waits: null });
    book.after(3_600).gives().becomes(1, 'confirmed').gives();
    expect(book.run()).toMatchObject({ first: 'proved', waits: 'wave', nextAt: book.now + 60_000 });
    book.after(60).gives(2, 3).becomes(2, 'failed').becomes(3, 'confirmed').after(60).gives(4);
    expect([1, 2, 3, 4].map((vmcNo) => book.line(vmcNo).wave)).toEqual([1, 2, 2, 3]);
  });

  it.each([
    ['failed', 'failed'],
    ['expired', 'failed'],
    ['unconfirmable', 'unproven'],
    ['cancelled', 'stopped'],
  ] as const)('%s: pauses the run until the user continues it', (state, shown) => {
    const book = new Running().starts([upgrade], [1, 2, 3], { first: 1, atOnce: 1 }).becomes(1, state);
    book.after(3_600).gives(1).shows(1, shown, state);
    expect(book.run()).toMatchObject({ state: 'paused', paused: 'firstWave', first: 'unproved' });
    book.runs.pause(1, false);
    book.goesOn().gives(2);
    expect(book.run()).toMatchObject({ state: 'running', paused: null, first: 'accepted' });
    book.becomes(2, 'failed').gives(3);
  });

  it('late proof is reported, and the user must still continue the run', () => {
    const book = new Running().starts([upgrade], [1, 2], { first: 1 }).becomes(1, 'expired');
    book.becomes(1, 'confirmed', 'late').gives(1);
    expect(book.run()).toMatchObject({ state: 'paused', paused: 'firstWave', first: 'proved' });
    book.runs.pause(1, false);
    book.goesOn().gives(2);
    expect(book.run().first).toBe('proved');
  });

  it('fails while the user has paused the run: continuing accepts this', () => {
    const book = new Running().starts([upgrade], [1, 2], { first: 1 }).gives(1);
    book.runs.pause(1, true);
    book.becomes(1, 'failed').gives();
    expect(book.run()).toMatchObject({ paused: 'firstWave', first: 'unproved' });
  });

  it('of several is complete when enough are proved, even after later logins', () => {
    const book = new Running();
    for (const vmcNo of [2, 3, 4]) book.offline.add(vmcNo);
    book.starts([upgrade], [1, 2, 3, 4], { first: 2 }).gives(1).becomes(1, 'confirmed').gives();
    expect(book.run()).toMatchObject({ first: 'awaited', waits: 'logins' });
    book.offline.delete(3);
    book.after(1).gives(3).becomes(3, 'confirmed').gives();
    expect(book.run().first).toBe('proved');
    book.offline.clear();
    book.after(1).gives(2, 4);
  });

  it('of more machines than the run has is proved with the last one', () => {
    const book = new Running().starts([upgrade], [1, 2], { first: 5 }).gives(1, 2);
    book.becomes(1, 'confirmed').becomes(2, 'confirmed');
    expect(book.run()).toMatchObject({ state: 'ended', end: 'finished', first: 'proved' });
  });

  it('does not count a machine that already has the result: the next machine takes its place', () => {
    const book = new Running();
    const error: AppError = { code: 'runsAlready', params: { vmcNo: 1, version: '1.3' } };
    book.there.set(1, error);
    book
      .starts([upgrade], [1, 2, 3], { first: 1 })
      .gives(2)
      .shows(1, 'leftOut')
      .becomes(2, 'confirmed')
      .gives(3);
    expect(book.line(1).leftOut).toEqual({ step: 0, error });
  });

  it('waits for the login of a machine that may still install another package', () => {
    const book = new Running();
    book.unsettled.add(1);
    book.starts([upgrade], [1]).gives();
    expect(book.run()).toMatchObject({ state: 'running', waits: 'logins', wave: 0 });
    book.after(300);
    expect(book.run().wave).toBe(0);
    book.unsettled.clear();
    book.after(1).gives(1);
  });

  it('the end after one failure comes before the question', () => {
    const book = new Running().starts([upgrade], [1, 2], { first: 1, stopAfter: 1 }).becomes(1, 'failed');
    expect(book.run()).toMatchObject({ state: 'ended', end: 'failures', first: 'unproved' });
  });

  it('of steps that do not persist is held as well', () => {
    const book = new Running()
      .starts([rinse], [1, 2, 3], { first: 1 })
      .gives(1)
      .becomes(1, 'confirmed')
      .gives(2, 3);
    expect(book.run().first).toBe('proved');
  });
});

describe('an end by share', () => {
  it('counts begun machines', () => {
    const book = new Running().starts([upgrade], [1, 2, 3, 4, 5, 6], { atOnce: 4, stopShare: 50 });
    book.gives(1, 2, 3, 4).becomes(1, 'failed');
    expect(book.run().state).toBe('running');
    book.becomes(2, 'failed').shows(5, 'stopped').becomes(3, 'confirmed').becomes(4, 'confirmed').gives();
    expect(book.run()).toMatchObject({ state: 'ended', end: 'failures' });
  });

  it('needs at least one failure', () => {
    new Running().starts([upgrade], [1, 2], { atOnce: 1, stopShare: 1 }).becomes(1, 'confirmed').gives(1, 2);
  });
});

describe('hours', () => {
  const day = Date.UTC(2026, 10, 26);
  const at = (hour: number, minute = 0): number => day + (hour * 60 + minute) * 60_000;
  const night = { from: 22 * 60, to: 5 * 60 };
  const begun = (now: number, hours = night): Running => {
    const book = new Running();
    book.now = now;
    return book.starts([upgrade], [1, 2], { atOnce: 1, hours });
  };

  it('nothing begins before them; begun steps continue after them; they may span midnight', () => {
    const book = begun(at(21, 59)).gives();
    expect(book.run()).toMatchObject({ waits: 'hours', nextAt: at(22) });
    book.after(59).gives().after(1).gives(1);
    expect(book.run()).toMatchObject({ waits: null, nextAt: null });
    book.now = at(29);
    book.becomes(1, 'confirmed').shows(1, 'done', 'confirmed').gives();
    expect(book.run()).toMatchObject({ waits: 'hours', nextAt: at(46) });
    book.now = at(46);
    book.goesOn().gives(2);
  });

  it('follow the clock of this computer', () => {
    const book = new Running();
    book.localOffset = () => 8 * 3_600_000;
    book.now = at(13, 59);
    book.starts([upgrade], [1], { hours: night });
    expect(book.run()).toMatchObject({ waits: 'hours', nextAt: at(14) });
    book.after(60).gives(1);
  });

  it('begin at their local time, also after a clock change', () => {
    const book = new Running();
    // Put forward by an hour at 01:00.
    book.localOffset = (now) => (now < at(25) ? 0 : 3_600_000);
    book.now = at(12);
    book.starts([upgrade], [1], { hours: { from: 6 * 60, to: 7 * 60 } });
    expect(book.run().nextAt).toBe(at(29));
    book.now = at(29);
    book.goesOn().gives(1);
  });

  it('open if the clock jumps into them, and close if it jumps out of them', () => {
    const book = begun(at(12), { from: 8 * 60, to: 10 * 60 }).gives();
    book.now = at(9);
    book.goesOn().gives(1).becomes(1, 'confirmed').gives(2);
    const other = begun(at(9), { from: 8 * 60, to: 10 * 60 }).gives(1);
    other.now = at(11);
    other.becomes(1, 'confirmed').gives();
    expect(other.run()).toMatchObject({ waits: 'hours', nextAt: at(32) });
  });

  it('hold back further steps too', () => {
    const book = new Running();
    book.now = at(4, 59);
    book.starts([rinse, rinse], [1], { hours: night }).gives(1).after(60).becomes(1, 'confirmed').gives();
    expect(book.run()).toMatchObject({ waits: 'hours', nextAt: at(22) });
  });
});

it('a clock that is set back does not prolong a pause between waves', () => {
  const book = new Running().starts([upgrade], [1, 2], { atOnce: 1, pause: 60 }).becomes(1, 'confirmed');
  book.now -= 3_600_000;
  book.goesOn().gives(1).after(59).gives().after(1).gives(2);
});

describe('offline machines', () => {
  it('wait for their next login and do not delay waves', () => {
    const book = new Running();
    book.offline.add(1).add(3);
    book.starts([upgrade], [1, 2, 3, 4, 5], { atOnce: 2, pause: 30 }).gives(2, 4);
    book.becomes(2, 'confirmed').becomes(4, 'confirmed').after(30).gives(5).becomes(5, 'confirmed');
    book.after(7 * 86_400).gives();
    expect(book.run()).toMatchObject({ state: 'running', waits: 'logins', nextAt: null });
    book.offline.delete(3);
    book.goesOn().gives(3);
    expect(book.run().waits).toBeNull();
    // A wave is in progress.
    book.offline.delete(1);
    book.goesOn().gives().becomes(3, 'confirmed').gives().after(30).gives(1).becomes(1, 'confirmed');
    expect(book.run()).toMatchObject({ state: 'ended', end: 'finished', counts: { done: 5 } });
  });

  it('in a run without waves, later machines do not wait', () => {
    const book = new Running();
    book.offline.add(1).add(2);
    book.starts([upgrade], [1, 2, 3]).gives(3);
    book.offline.clear();
    book.goesOn().gives(1, 2);
  });

  it('do not begin at their login while the run is paused, and never after a stop', () => {
    const book = new Running();
    book.offline.add(1);
    book.starts([upgrade], [1]).gives();
    book.runs.pause(1, true);
    book.offline.clear();
    book.after(60).gives();
    book.runs.stop(1);
    book.after(60).gives().shows(1, 'stopped');
    expect(book.run()).toMatchObject({ state: 'ended', end: 'byPerson' });
  });

  it('a machine that disconnects before its turn in the wave waits again', () => {
    const book = new Running();
    book.offline.add(9);
    book.starts([upgrade], [9]).gives();
    // Online when its wave begins, and offline when its command is to be given.
    let asked = 0;
    book.offline.has = () => (asked += 1) > 1;
    book.goesOn().gives().shows(9, 'waiting');
    book.offline.has = () => false;
    book.goesOn().gives().after(1).gives(9);
  });

  it.each([
    ['expired', 'notSent', { sentAt: null }],
    ['failed', 'sendFailed', {}],
  ] as const)(
    'a machine whose command was certainly not sent (%s, %s) waits for its next login',
    (state, what, over) => {
      const book = new Running().starts([upgrade], [1], { stopAfter: 1, first: 1 }).gives(1);
      book.offline.add(1);
      book.becomes(1, state, what, over).shows(1, 'waiting').gives();
      expect(book.run()).toMatchObject({ state: 'running', waits: 'logins', first: 'awaited' });
      book.offline.clear();
      book.goesOn().gives().after(1).gives(1).becomes(1, 'confirmed').shows(1, 'done', 'confirmed');
    },
  );

  it('of a run that does not persist get their command as usual', () => {
    const book = new Running();
    book.offline.add(1);
    book.starts([rinse], [1]).gives(1);
  });
});

it('nothing begins while the disk rejects the record or downloads are off, and the run continues by itself', () => {
  const book = new Running();
  book.hindered = 'disk';
  book.starts([upgrade], [1, 2], { atOnce: 1 }).gives();
  expect(book.run()).toMatchObject({ state: 'running', waits: 'disk' });
  book.hindered = null;
  book.goesOn().gives(1);
  book.hindered = 'updatesOff';
  book.becomes(1, 'confirmed').gives();
  expect(book.run().waits).toBe('updatesOff');
  book.hindered = null;
  book.goesOn().gives(2);
  book.hindered = 'disk';
  book.starts([rinse], [3]).gives(3);
});

it('downloads that are turned off for a while are not a failure', () => {
  const book = new Running();
  book.refusing.set(1, { code: 'updatesOff', params: {} });
  book.starts([upgrade], [1], { stopAfter: 1 }).gives().shows(1, 'waiting');
  book.refusing.clear();
  book.after(1).gives(1);
});

describe('the next launch of Crema', () => {
  const started = (): Running =>
    new Running().starts([upgrade], [1, 2, 3, 4, 5], { first: 1, atOnce: 2, pause: 60 });

  it('continues: machines with a command are watched, the others get their turn', () => {
    const first = started().becomes(1, 'confirmed').after(60).becomes(2, 'confirmed').gives(1, 2, 3);
    const book = Running.after(first.record).gives();
    expect(book.run()).toEqual(first.run());
    book.becomes(3, 'confirmed').gives().after(60).gives(4, 5);
    book.becomes(4, 'confirmed').becomes(5, 'failed');
    expect(book.run()).toMatchObject({ end: 'finished', counts: { done: 4, failed: 1 } });
  });

  it('after kills at any moment: no machine gets a command twice, and each gets the right one', () => {
    let book = started();
    const ends = ['confirmed', 'confirmed', 'failed', 'confirmed', 'confirmed'] as const;
    for (let guard = 0; book.run().state !== 'ended'; guard += 1) {
      expect(guard).toBeLessThan(50);
      book = Running.after(book.record);
      const open = book.given.find(({ state }) => state === 'sent');
      if (open === undefined) book.after(20);
      else book.becomes(open.vmcNo, ends[open.vmcNo - 1] ?? 'failed');
    }
    expect(book.given.map(({ vmcNo }) => vmcNo)).toEqual([1, 2, 3, 4, 5]);
    expect(book.run().counts).toMatchObject({ done: 4, failed: 1 });
  });

  it('on a copy of the data folder begins nothing before the user continues, even after another start', () => {
    const first = started().becomes(1, 'confirmed').after(60).gives(1, 2, 3);
    const copy = Running.after(first.record, true).after(600).gives();
    expect(copy.run()).toMatchObject({ state: 'paused', paused: 'copied' });
    const book = Running.after(copy.record).becomes(2, 'confirmed').after(600).gives();
    expect(book.run()).toMatchObject({ state: 'paused', paused: 'copied' });
    book.runs.pause(1, false);
    book.becomes(3, 'confirmed').after(60).gives(4, 5);
  });

  it('a first wave that failed pauses a copied run only after the user continued it', () => {
    const book = new Running().starts([upgrade], [1, 2], { first: 1 }).gives(1);
    // The record of the command is lost, so the first wave can't be proved.
    const copy = Running.after({ ...book.record, commands: [] }, true).after(60);
    expect(copy.run()).toMatchObject({ state: 'paused', paused: 'copied' });
    copy.runs.pause(1, false);
    copy.goesOn().gives();
    expect(copy.run()).toMatchObject({ state: 'paused', paused: 'firstWave', first: 'unproved' });
  });

  it('keeps a paused run paused with its reason; a stopping run waits for sent commands', () => {
    const paused = started().becomes(1, 'failed');
    const book = Running.after(paused.record).after(600).gives();
    expect(book.run()).toMatchObject({ state: 'paused', paused: 'firstWave' });
    const other = started();
    other.runs.stop(1);
    const stopping = Running.after(other.record).after(600).gives();
    expect(stopping.run()).toMatchObject({ state: 'stopping', end: 'byPerson' });
    stopping.becomes(1, 'confirmed').shows(1, 'done', 'confirmed');
    expect(stopping.run()).toMatchObject({ state: 'ended', end: 'byPerson' });
  });

  it('keeps the duration of a pause between waves', () => {
    const first = started().becomes(1, 'confirmed').after(50);
    Running.after(first.record).after(9).gives().after(1).gives(2, 3);
  });

  it('takes the result of a command from its record if the line was not written', () => {
    const first = started().gives(1);
    const { lines, runs } = first.record;
    first.becomes(1, 'confirmed');
    const book = Running.after({ ...first.record, lines, runs })
      .shows(1, 'done', 'confirmed')
      .after(60)
      .gives(2, 3);
    expect(book.run()).toMatchObject({ first: 'proved' });
  });

  it('a command without its line counts as given', () => {
    const before = new Running();
    before.offline.add(1).add(2);
    before.starts([upgrade], [1, 2], { first: 1 });
    const { lines, runs } = before.record;
    before.offline.clear();
    before.goesOn().gives(1);
    // Only the command was recorded.
    const book = Running.after({ ...before.record, lines, runs })
      .gives()
      .shows(1, 'running', null);
    expect(book.run()).toMatchObject({ wave: 1, first: 'awaited', counts: { running: 1, waiting: 1 } });
    book.becomes(1, 'confirmed').shows(1, 'done', 'confirmed').gives(2);
  });

  it('a line without its command: the result is unknown, and the command is not given again', () => {
    const { commands: _, ...record } = started().gives(1).record;
    const book = Running.after({ ...record, commands: [] })
      .after(60)
      .gives()
      .shows(1, 'failed', 'lost');
    expect(book.run()).toMatchObject({ state: 'paused', paused: 'firstWave' });
  });

  it('late proof is reported to a run that ended in an earlier launch', () => {
    const first = new Running().starts([upgrade], [1]).becomes(1, 'expired');
    const book = Running.after(first.record);
    expect(book.run()).toMatchObject({ state: 'ended', counts: { failed: 1 } });
    book.becomes(1, 'confirmed', 'late').shows(1, 'done', 'late').gives();
    expect(book.run().counts).toMatchObject({ done: 1, failed: 0 });
  });

  it('numbers continue after those already used', () => {
    const book = Running.after(started().record).starts([rinse], [9]);
    expect([book.run(2).id, book.line(9).id]).toEqual([2, 6]);
  });
});

it('a machine that a run waits for is not forgotten, nor is its package', () => {
  const book = new Running();
  book.offline.add(1);
  book.starts([upgrade], [1, 2]).gives(2).becomes(2, 'confirmed');
  expect([1, 2, 3].map((vmcNo) => book.runs.known.isIn(vmcNo))).toEqual([true, false, false]);
  expect([...book.runs.known.wantedPackages]).toEqual(['a'.repeat(64)]);
  book.runs.stop(1);
  expect(book.runs.known.isIn(1)).toBe(false);
  expect([...book.runs.known.wantedPackages]).toEqual([]);
});
