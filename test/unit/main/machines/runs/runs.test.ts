/** Waves, pauses, ends and steps of runs. The test decides the results of commands. */
import { describe, expect, it } from 'vitest';
import type { AppError } from '#shared/contract/errors';
import { together } from '#shared/model/run';
import type { RunStep } from '#shared/model/sequence';
import { slice } from '../../../../../src/main/machines/runs/runs';
import { Running } from '../../../../builders/running';

const reboot: RunStep = { do: 'command', name: 'reboot', input: {} };
const rinse: RunStep = { do: 'command', name: 'rinse', input: {} };
const unproved: RunStep = { ...rinse, withoutProof: true };
const wait: RunStep = { do: 'wait', seconds: 60 };
const ask: RunStep = { do: 'ask', question: 'Cup in place?' };

describe('waves', () => {
  it('all at once: each machine gets its command once, and the run ends with the last', () => {
    const book = new Running().starts([reboot], [3, 1, 2]).gives(3, 1, 2);
    book.becomes(1, 'confirmed').becomes(3, 'confirmed').gives();
    expect(book.run()).toMatchObject({ state: 'running', end: null, endedAt: null });
    book.becomes(2, 'confirmed').after(3_600).gives();
    expect(book.run()).toMatchObject({ state: 'ended', end: 'finished', counts: { done: 3 } });
    expect(book.runs.known.open).toEqual([]);
  });

  it('in groups: the next begin when all of these have ended, and after the pause', () => {
    const book = new Running().starts([reboot], [1, 2, 3, 4, 5], { atOnce: 2, pause: 30 }).gives(1, 2);
    book.becomes(1, 'confirmed').after(100).gives();
    book.becomes(2, 'expired').gives();
    expect(book.run().nextAt).toBe(book.now + 30_000);
    book.after(29).gives().after(1).gives(3, 4);
    book.becomes(3, 'confirmed').becomes(4, 'confirmed').after(30).gives(5);
    book.becomes(5, 'confirmed');
    expect(book.run()).toMatchObject({ state: 'ended', counts: { done: 4, failed: 1 } });
  });

  it('without a pause they follow at once, even if nothing is awaited', () => {
    const book = new Running();
    book.refusing.set(1, { code: 'commandQueueFull', params: { max: 20 } });
    book.starts([reboot], [1, 2], { atOnce: 1 }).gives(2).shows(1, 'failed', 'refused');
    expect(book.line(1).steps[0]?.error?.code).toBe('commandQueueFull');
  });

  it('a machine named twice gets its command once', () => {
    new Running().starts([reboot], [7, 7]).gives(7);
  });

  it('a machine left out is recorded with the reason, and gets nothing', () => {
    const error: AppError = { code: 'commandNotPossible', params: { name: 'reboot', why: 'doorOpen' } };
    const why = { step: 0, error };
    const book = new Running()
      .starts([reboot], [1, 2], { atOnce: 1, pause: 30 }, null, [
        { vmcNo: 5, ...why },
        { vmcNo: 2, ...why },
      ])
      .gives(1)
      .shows(5, 'leftOut');
    expect(book.line(5).leftOut).toEqual(why);
    expect(book.run()).toMatchObject({ machines: 3, counts: { leftOut: 1 } });
    book.becomes(1, 'confirmed').after(30).gives(2).becomes(2, 'confirmed').shows(5, 'leftOut');
    expect(book.run()).toMatchObject({ end: 'finished', counts: { done: 2, leftOut: 1, stopped: 0 } });
  });

  it('the first wave waits for no pause, whichever machines were refused at the start', () => {
    const book = new Running().starts([ask], [1]);
    book.starts([reboot], [1, 2], { atOnce: 1, pause: 30 }).gives(2);
  });

  it('gives a few commands per step, so that answers to machines wait little', () => {
    const book = new Running();
    const machines = Array.from({ length: 25 }, (_, at) => at);
    book.runs.start({
      title: null,
      steps: [reboot],
      machines,
      leftOut: [],
      by: '',
      waves: together,
    });
    expect([book.runs.step(), book.given.length]).toEqual([true, slice]);
    expect([book.runs.step(), book.given.length]).toEqual([true, 2 * slice]);
    expect([book.runs.step(), book.given.length]).toEqual([false, 25]);
  });
});

describe('pause, failures, stop', () => {
  it('while paused no step begins; sent commands are still judged; then the run continues', () => {
    const book = new Running().starts([reboot, wait, rinse], [1, 2], { atOnce: 1 }).gives(1);
    expect(book.runs.pause(1, true)).toBeNull();
    book.becomes(1, 'confirmed').after(600).gives().shows(1, 'running', 'confirmed');
    expect(book.run().state).toBe('paused');
    expect(book.runs.pause(1, false)).toBeNull();
    book
      .goesOn()
      .shows(1, 'running', 'confirmed', null)
      .after(60)
      .gives(1)
      .shows(1, 'running', 'confirmed', 'waited', null);
  });

  it.each([-28_800, 28_800])(
    'a wait lasts equally long if the clock was set by %i s meanwhile',
    (seconds) => {
      new Running()
        .starts([wait, rinse], [1])
        .after(30)
        .setsClock(seconds)
        .after(29)
        .shows(1, 'running', null)
        .after(1)
        .gives(1)
        .shows(1, 'running', 'waited', null);
    },
  );

  it.each([-28_800, 28_800])('so does the pause between waves, set by %i s', (seconds) => {
    const book = new Running().starts([rinse], [1, 2], { atOnce: 1, pause: 60 }).gives(1);
    book.after(10).becomes(1, 'confirmed').goesOn().after(30).setsClock(seconds);
    book.after(29).gives().after(31).gives(2);
  });

  it('after the limit of failures no machine begins, and none begins a further step', () => {
    const book = new Running()
      .starts([reboot, rinse], [1, 2, 3, 4], { atOnce: 3, stopAfter: 2 })
      .gives(1, 2, 3);
    book.becomes(1, 'failed').gives().becomes(2, 'expired').shows(4, 'stopped');
    expect(book.run()).toMatchObject({ state: 'stopping', end: 'failures' });
    book.becomes(3, 'confirmed').gives().shows(3, 'stopped', 'confirmed');
    expect(book.run()).toMatchObject({ state: 'ended', end: 'failures', counts: { failed: 2, stopped: 2 } });
  });

  it('the last failure of a run that is finished anyway ends it normally', () => {
    const book = new Running().starts([reboot], [1], { stopAfter: 1 }).gives(1).becomes(1, 'failed');
    expect(book.run().end).toBe('finished');
  });

  it('stopped half way: nothing begins, unsent commands are cancelled, sent ones are awaited', () => {
    const book = new Running().starts([reboot, rinse], [1, 2, 3], { atOnce: 2 }).gives(1, 2);
    expect(book.runs.stop(1)).toBeNull();
    expect(book.takenBack).toEqual([1, 2]);
    book.shows(3, 'stopped').becomes(1, 'cancelled', 'cancelled').shows(1, 'stopped', 'cancelled');
    expect(book.run()).toMatchObject({ state: 'stopping', end: 'byPerson' });
    expect(book.runs.pause(1, true)).toMatchObject({ code: 'runOver' });
    book.becomes(2, 'confirmed').gives().shows(2, 'stopped', 'confirmed');
    expect(book.run()).toMatchObject({ state: 'ended', end: 'byPerson', counts: { stopped: 3 } });
    expect(book.runs.stop(1)).toMatchObject({ code: 'runOver' });
  });

  it('stopped twice it does not wait for sent commands; later proof is reported', () => {
    const book = new Running().starts([reboot], [1]).gives(1);
    book.runs.stop(1);
    book.runs.stop(1);
    book.shows(1, 'stopped', 'stopped');
    expect(book.run()).toMatchObject({ state: 'ended', end: 'byPerson' });
    book.becomes(1, 'confirmed', 'late').shows(1, 'done', 'late');
    expect(book.run().counts).toMatchObject({ done: 1, stopped: 0 });
  });
});

describe('a procedure', () => {
  it('begins a step after the proof of the last', () => {
    const book = new Running().starts([reboot, rinse], [1]).gives(1).after(600).gives();
    book.becomes(1, 'confirmed').gives(1).becomes(1, 'confirmed').shows(1, 'done', 'confirmed', 'confirmed');
    expect(book.given.map(({ name }) => name)).toEqual(['reboot', 'rinse']);
    expect(book.line(1).steps.map(({ command, last }) => [command, last?.entry])).toEqual([
      [1, 77],
      [2, 77],
    ]);
  });

  it.each(['failed', 'expired', 'unconfirmable'] as const)(
    '%s: the following steps do not begin',
    (state) => {
      const book = new Running().starts([rinse, reboot], [1, 2]).gives(1, 2).becomes(1, state);
      book.gives().shows(1, 'failed', state);
      book.becomes(2, 'confirmed').gives(2).shows(2, 'running', 'confirmed', null);
    },
  );

  it('continues without proof if its step allows that, and only if nothing can prove it', () => {
    const book = new Running().starts([unproved, reboot], [1, 2]).gives(1, 2);
    book.becomes(1, 'unconfirmable').gives(1).becomes(2, 'expired').gives().shows(2, 'failed', 'expired');
    book.becomes(1, 'confirmed').shows(1, 'unproven', 'withoutProof', 'confirmed');
  });

  it('an unprovable last step is neither a failure nor done', () => {
    const book = new Running().starts([rinse], [1], { stopAfter: 1 }).becomes(1, 'unconfirmable');
    book.shows(1, 'unproven', 'unconfirmable');
    expect(book.run()).toMatchObject({ end: 'finished', counts: { unproven: 1, failed: 0 } });
  });

  it('skips steps that the platform lacks, if the step allows that', () => {
    const book = new Running();
    book.refusing.set(1, { code: 'commandNotPossible', params: { why: 'notOnPlatform' } });
    book.starts([{ ...rinse, optional: true }, wait], [1]).shows(1, 'running', 'passedOver', null);
    book.starts([rinse, wait], [1]).shows(1, 'failed', 'refused');
  });

  it('also if the platform was unknown before the send', () => {
    const book = new Running().starts([{ ...rinse, optional: true }], [1]);
    book.becomes(1, 'failed', 'notOnPlatform').shows(1, 'done', 'passedOver');
  });

  it('asks and continues with yes', () => {
    const book = new Running().starts([ask, reboot], [1, 2]).after(3_600).gives().shows(1, 'asking', null);
    expect(book.runs.answer(book.line(1).id, true)).toBeNull();
    book.goesOn().gives(1).shows(2, 'asking', null);
    expect(book.runs.answer(book.line(1).id, true)).toMatchObject({ code: 'runOver' });
    expect(book.runs.answer(4_711, true)).toMatchObject({ code: 'runOver' });
  });

  it('stops its machine with no', () => {
    const book = new Running().starts([ask, reboot], [1], { stopAfter: 1 });
    book.runs.answer(book.line(1).id, false);
    book.goesOn().gives().shows(1, 'stopped', 'no');
    expect(book.run()).toMatchObject({ state: 'ended', end: 'finished' });
  });

  it('ends at once if stopped while it asks or waits', () => {
    const book = new Running().starts([ask], [1]).starts([wait], [2]);
    book.runs.stop(1);
    book.runs.stop(2);
    book.shows(1, 'stopped', 'stopped').shows(2, 'stopped', 'stopped').after(600).gives();
    expect([book.run(1).state, book.run(2).state]).toEqual(['ended', 'ended']);
  });
});

describe('two runs on one machine', () => {
  it('the second is refused while the first has steps left, but not while only the last proof is awaited', () => {
    const book = new Running().starts([ask, reboot], [1, 2]);
    const [first, second] = [book.line(1).id, book.line(2).id];
    book.starts([rinse], [1, 3], { stopAfter: 5 }).gives(3).shows(1, 'failed', 'refused');
    expect(book.line(1).steps[0]?.error).toEqual({ code: 'machineInRun', params: { vmcNo: 1 } });
    expect(book.run(2)).toMatchObject({ state: 'running', counts: { failed: 1, running: 1 } });
    book.runs.answer(first, true);
    book.runs.answer(second, false);
    book.goesOn().gives(1);
    expect([...book.runs.known.taken]).toEqual([]);
    book.starts([rinse], [1, 2]).gives(1, 2);
  });

  it('a run without any accepted machine ends at once', () => {
    const book = new Running().starts([ask], [1]).starts([reboot], [1]).gives();
    expect(book.run(2)).toMatchObject({ state: 'ended', end: 'finished', counts: { failed: 1 } });
    // Windows keep no data of it.
    expect([...book.shown]).toEqual(book.runs.known.openLines.map(({ id }) => id));
  });
});

describe('late proof', () => {
  it('of the last step marks it as done, even after the end of the run', () => {
    const book = new Running().starts([reboot], [1]).becomes(1, 'expired').shows(1, 'failed', 'expired');
    expect(book.run().state).toBe('ended');
    book.becomes(1, 'confirmed', 'late').shows(1, 'done', 'late').gives(1);
    expect(book.run().counts).toMatchObject({ done: 1, failed: 0 });
  });

  it('of an earlier step is reported, and the next step does not begin', () => {
    const book = new Running().starts([reboot, rinse], [1, 2]).gives(1, 2).becomes(1, 'expired');
    book.becomes(1, 'confirmed', 'late').gives().shows(1, 'failed', 'late');
  });
});

it('the reason for a failure may follow later', () => {
  const book = new Running()
    .starts([reboot], [1])
    .becomes(1, 'failed', 'drinkRefused')
    .shows(1, 'failed', 'failed');
  book.becomes(1, 'failed', 'machineSaidFailed').shows(1, 'failed', 'failed').gives(1);
  expect(book.line(1).steps[0]?.last?.what).toBe('machineSaidFailed');
  expect(book.run()).toMatchObject({ state: 'ended', counts: { failed: 1 } });
});

describe('the end of Crema', () => {
  it('ends open runs, gives no command again, and reports later proof', () => {
    const first = new Running().starts([ask, reboot], [1, 2, 3], { atOnce: 2 });
    first.runs.answer(first.line(1).id, true);
    first.goesOn().gives(1);
    const book = new Running();
    book.runs.restore([first.run()], [...first.lines.values()], []);
    book.after(60).gives();
    expect(book.run()).toMatchObject({ state: 'ended', end: 'cremaClosed', counts: { stopped: 3 } });
    book.shows(1, 'stopped', 'yes', 'stopped').shows(2, 'stopped', 'stopped').shows(3, 'stopped');
    expect(book.runs.known.open).toEqual([]);
    expect(first.given.map((sent) => book.runs.commandChanged({ ...sent, state: 'confirmed' }))).toEqual([
      true,
    ]);
    book.goesOn().shows(1, 'done', 'yes', 'late');
  });

  it('numbers continue after those already used', () => {
    const book = new Running({ run: 7, runMachine: 70 }).starts([reboot], [1]);
    expect([book.run(8).id, book.line(1).id]).toEqual([8, 71]);
  });
});

it('a step with inputs per machine gives each machine its own, and refuses the others', () => {
  const prices = (price: number) => ({ prices: [{ productId: 801, price, type: 0 }] });
  const step: RunStep = {
    do: 'command',
    name: 'setPrices',
    input: {},
    perMachine: [
      { machines: [1, 3], input: prices(900) },
      { machines: [2], input: prices(950) },
    ],
  };
  const book = new Running().starts([step], [1, 2, 3, 4]).gives(1, 2, 3).shows(4, 'failed', 'refused');
  expect(book.given.map(({ input }) => input)).toEqual([prices(900), prices(950), prices(900)]);
  expect(book.line(4).steps[0]?.error).toEqual({ code: 'noInputForMachine', params: { vmcNo: 4 } });
});
