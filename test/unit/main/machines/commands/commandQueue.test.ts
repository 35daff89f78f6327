/** Behaviour shared by all commands. */
import { existsSync } from 'node:fs';
import { expect, it, describe } from 'vitest';
import { commandNames } from '#shared/commands/index';
import { priceMessages } from '#shared/commands/setPrices';
import type { JsonObject } from '#shared/model/json';
import { encodeFrame } from '../../../../../src/main/core/protocol/encode';
import { connection } from '../../../../builders/connection';
import {
  android,
  controlled,
  linux,
  remote,
  settled,
  type Controlled,
} from '../../../../builders/controlled';

describe('waiting for the machine', () => {
  it('sends a command one pause after the answer to the login, never before', () => {
    const book = controlled(linux)
      .hangsUp()
      .gives('reboot')
      .shows('queued', 'queued')
      .after(5_000)
      .connects()
      .after(499)
      .after(1);
    book.sendsReboot(1, false).shows('sent');
    const last = book.world.entries.at(-1)?.conn;
    const order = book.world.entries.flatMap((entry) =>
      entry.conn === last && entry.kind === 'frame' ? [entry.message.body.cmd] : [],
    );
    expect(order).toEqual(['login', 'login_r', 'statusquery', 'reboot']);
  });

  it('allows cancelling, and expires unsent commands', () => {
    controlled(linux)
      .hangsUp()
      .gives('openDoor', { spelling: 'opendoor' })
      .shows('queued', 'queued')
      .gives('reboot')
      .shows('queued', 'queued')
      .takesBack()
      .shows('cancelled', 'cancelled')
      .takesBack({ code: 'unknownCommand' })
      .after(60_000)
      .showsOf(1, 'expired', 'notSent')
      .connects();
  });

  it('limits waiting commands to twenty', () => {
    const book = controlled(linux).hangsUp();
    const answer = (n: number) => ({ orderNo: `o${n}`, qrType: 'wx_pub', qrCode: 'x' });
    for (let n = 0; n < 20; n += 1) book.gives('answerQr', answer(n)).shows('queued', 'queued');
    book.refuses('answerQr', answer(20), { code: 'commandQueueFull', params: { max: 20 } });
  });

  it('a sent command cannot be cancelled, but waiting can stop', () => {
    controlled(linux)
      .reboots()
      .takesBack()
      .shows('expired', 'stoppedWaiting')
      .after(1_000)
      // The button is free again, and a restart proves the newer command.
      .reboots()
      .hangsUp()
      .shows('sent', 'connectionClosed')
      .after(70_000)
      .connects()
      .shows('confirmed', 'loggedIn');
  });

  it('news after the end of waiting is reported', () => {
    controlled(android)
      .gives('reboot')
      .sends(remote('reboot'))
      .notifies()
      .shows('sent', 'accepted')
      .takesBack()
      .shows('expired', 'stoppedWaiting')
      .after(5_000)
      .connects({ ...android, login_count: 2 })
      .shows('confirmed', ['late', { waited: 5_000 }], 'loggedIn');
  });

  it('of two commands given at once the second is sent after a pause', () => {
    controlled(linux)
      .gives('makeDrink', { productId: 801, strength: 2, milk: 2, sugar: 2 })
      .sends(expect.objectContaining({ cmd: 'products' }) as JsonObject)
      .gives('queryStatus')
      .shows('queued')
      .after(499)
      .after(1)
      .sends({ cmd: 'statusquery', vmc_no: 7 });
  });
});

describe('the pace', () => {
  /** Times of the frames written to the machine. */
  const written = ({ world }: Controlled) =>
    world.entries.flatMap((entry) => (entry.kind === 'frame' && entry.dir === 'out' ? [entry.at] : []));

  it.each([
    ['linux', linux, 500, 'queryStatus', { cmd: 'statusquery', vmc_no: 7 }],
    ['android', android, 1_000, 'sync', remote('sync')],
  ] as const)(
    '%s gets a command a pause after an answer, and no two frames in one ms',
    (_, login, ms, name, body) => {
      const book = controlled(login).receives({ cmd: 'hb' }).answers('hb').gives(name).shows('queued');
      book
        .after(ms - 1)
        .shows('queued')
        .after(1)
        .sends(body);
      const times = written(book);
      expect(new Set(times).size).toBe(times.length);
    },
  );

  it('an answer to the machine restarts the pause', () => {
    controlled(linux)
      .receives({ cmd: 'hb' })
      .answers('hb')
      .gives('queryStatus')
      .after(400)
      .receives({ cmd: 'hb' })
      .answers('hb')
      .after(499)
      .after(1)
      .sends({ cmd: 'statusquery', vmc_no: 7 });
  });

  it('a machine that sends constantly does not block commands forever, and never gets one together with an answer', () => {
    const book = controlled(linux).receives({ cmd: 'hb' }).answers('hb').gives('queryStatus');
    for (let ms = 0; ms < 9_900; ms += 100) book.after(100).receives({ cmd: 'hb' }).answers('hb');
    book.shows('queued').after(99).receives({ cmd: 'hb' }).answers('hb').after(1);
    book.sends({ cmd: 'statusquery', vmc_no: 7 });
    const times = written(book);
    expect(new Set(times).size).toBe(times.length);
  });

  it('an answer never goes out in the same millisecond as a command, because a machine reads both as one', () => {
    const link = connection({}).receives({ ...linux, vmc_no: 7 });
    link.after(1_000).tells({ cmd: 'statusquery', vmc_no: 7 });
    const beat = encodeFrame({ cmd: 'hb', vmc_no: 7 }, 'decimal');
    if (!beat.ok) throw new Error('too long');
    link.receivesBytes(beat.bytes, true);
    const sent = (): readonly (readonly [string, number])[] =>
      link.world.entries.flatMap((entry) =>
        entry.kind === 'frame' && entry.dir === 'out' ? [[entry.message.body.cmd, entry.at]] : [],
      );
    expect(sent().map(([cmd]) => cmd)).toEqual(['login_r', 'statusquery']);
    link.after(100);
    expect(sent().map(([cmd]) => cmd)).toEqual(['login_r', 'statusquery', 'hb']);
    expect(new Set(sent().map(([, at]) => at)).size).toBe(3);
    // The next one at once again.
    link.receives({ cmd: 'hb', vmc_no: 7 });
    expect(sent()).toHaveLength(4);
  });

  it('answers need no timer; a machine with waiting commands has one', () => {
    const book = controlled(linux);
    for (let n = 0; n < 100; n += 1) book.receives({ cmd: 'hb' }).answers('hb');
    expect(book.timers).toEqual([]);
    book.gives('queryStatus').shows('queued').gives('querySupplies').shows('queued');
    for (let n = 0; n < 100; n += 1) book.receives({ cmd: 'hb' }).answers('hb');
    expect(book.timers).toHaveLength(1);
    book
      .takesBack(null, 1)
      .showsOf(1, 'cancelled', 'cancelled')
      .takesBack(null, 2)
      .shows('cancelled', 'cancelled');
    book.after(1_000);
    expect(book.timers).toEqual([]);
  });
});

describe('a new launch of Crema', () => {
  it('continues to wait for proof', () => {
    controlled(linux)
      .reboots()
      .restarts()
      .shows('sent')
      .hangsUp()
      .shows('sent', 'connectionClosed')
      .after(70_000)
      .connects()
      .shows('confirmed', 'loggedIn');
  });

  it.each([
    ['was given up', (book: Controlled) => book.after(300_000).shows('expired', 'noProof')],
    ['is not waited for any more', (book: Controlled) => book.takesBack().shows('expired', 'stoppedWaiting')],
  ])('accepts the late proof of a command that %s, and reports it as late', (_, ends) => {
    const book = controlled(android)
      .gives('reboot')
      .sends(remote('reboot'))
      .notifies()
      .shows('sent', 'accepted');
    ends(book).restarts();
    const waited = book.world.now + 5_000 - (book.command().endedAt ?? 0);
    book
      .after(5_000)
      .connects({ ...android, login_count: 2 })
      .shows('confirmed', ['late', { waited }], 'loggedIn');
  });

  it('but not if it is too late, or if the same command was given again', () => {
    settled(linux, 'doorclose')
      .opensDoor()
      .takesBack()
      .shows('expired', 'stoppedWaiting')
      .after(60_001)
      .restarts()
      .receives({ cmd: 'machinestatus', status: 'dooropen' })
      .shows('expired');
    controlled(android)
      .gives('reboot')
      .sends(remote('reboot'))
      .takesBack()
      .shows('expired', 'stoppedWaiting')
      .after(1_000)
      .gives('reboot')
      .sends(remote('reboot'))
      .notifies()
      .shows('sent', 'accepted')
      .after(1_000)
      .connects({ ...android, login_count: 2 })
      .shows('confirmed', 'loggedIn')
      .restarts()
      .after(1_000)
      .connects({ ...android, login_count: 1 })
      .showsOf(1, 'expired');
  });

  it('a command that was cancelled, replaced or never sent cannot be proved', () => {
    settled(linux, 'doorclose')
      .opensDoor()
      .after(1_000)
      .gives('openDoor', { spelling: 'door open' })
      .showsOf(1, 'expired', 'otherSpelling')
      .sendsAsked('door open')
      .restarts()
      .receives({ cmd: 'machinestatus', status: 'dooropen' })
      .showsOf(1, 'expired')
      .shows('confirmed', 'doorOpened');
  });

  it('sends no command left from the last launch', () => {
    controlled(linux)
      .hangsUp()
      .gives('rinse')
      .shows('queued', 'queued')
      .restarts()
      .shows('expired', 'cremaClosed')
      .connects();
  });
});

it('a notice of android only ends the command that it names', () => {
  controlled(android)
    .gives('rinse')
    .sends(remote('rinsing'))
    .after(1_000)
    .gives('openDoor', { spelling: 'opendoor' })
    .sends(remote('opendoor'))
    .notifies({ done: false, reason: 'Z0024' })
    .shows('failed', 'machineSaidFailed')
    .showsOf(1, 'sent');
});

it.each(commandNames)('%s has a conversation of its own', (name) => {
  expect(existsSync(`test/unit/shared/commands/${name}.test.ts`)).toBe(true);
});

describe('the queue', () => {
  const answer = (n: number) => ({ orderNo: `o${n}`, qrType: 'wx_pub', qrCode: 'x' });

  it('sends nothing in the minute after prices that restart the machine', () => {
    controlled(linux)
      .gives('setPrices', { prices: [{ productId: 101, price: 1200, type: 0 }] })
      .sends({ cmd: 'priceset', vmc_no: 7, price: [[101, 1200, 0]] })
      .after(1_000)
      .gives('reboot')
      .shows('queued', ['waitsFor', { behind: 'setPrices' }])
      .after(59_000)
      .sendsReboot();
  });

  it('commands behind a waiting one report what they wait for', () => {
    controlled(linux)
      .opensDoor()
      .after(1_000)
      .gives('reboot')
      .shows('queued', ['waitsFor', { behind: 'openDoor' }])
      .gives('queryStatus')
      .shows('queued', ['waitsFor', { behind: 'reboot' }]);
  });

  const behindReboot = () =>
    controlled(linux)
      .opensDoor()
      .after(1_000)
      .gives('reboot')
      .shows('queued', ['waitsFor', { behind: 'openDoor' }])
      .gives('queryStatus')
      .shows('queued', ['waitsFor', { behind: 'reboot' }])
      .after(58_498)
      .after(1)
      // The door was given a minute; the reboot that waited for it is next.
      .showsOf(1, 'expired', 'noProof')
      .sendsReboot(2)
      .after(1_000)
      .hangsUp()
      .showsOf(2, 'sent', 'connectionClosed');

  it('the time of a query behind a queued reboot counts from when it could be sent', () => {
    behindReboot()
      .after(100_000)
      .shows('queued')
      .connects()
      .showsOf(2, 'confirmed', 'loggedIn')
      .rests()
      .sends({ cmd: 'statusquery', vmc_no: 7 });
  });

  it('or from the end of the reboot if the machine does not return', () => {
    behindReboot()
      .after(300_000)
      .showsOf(2, 'expired', 'noProof')
      .shows('queued')
      .after(1)
      .shows('queued', 'queued')
      .after(59_999)
      .shows('queued')
      .after(1)
      .shows('expired', 'notSent')
      .connects()
      .showsOf(2, 'expired', 'cameBack');
  });

  it.each([
    ['openDoor', { spelling: 'opendoor' }],
    ['makeDrink', { productId: 801, strength: 2, milk: 2, sugar: 2 }],
    ['rinse', {}],
    ['payResult', { orderNo: 'o1', amount: 1000, paid: true, payType: 'wx_pub' }],
  ] as const)(
    'but %s, which would surprise a person at the machine, is given up with a reason',
    (name, input) => {
      controlled(linux)
        .reboots()
        .after(1_000)
        .gives(name, input)
        .shows('queued', ['waitsFor', { behind: 'reboot' }])
        .hangsUp()
        .showsOf(1, 'sent', 'connectionClosed')
        .after(59_999)
        .shows('queued')
        .after(1)
        .shows('expired', ['notItsTurn', { behind: 'reboot' }])
        .after(20_000)
        .connects()
        .showsOf(1, 'confirmed', 'loggedIn');
    },
  );

  it('a command that only waits for the machine reports that, whatever it waited for before', () => {
    controlled(linux)
      .reboots()
      .hangsUp()
      .shows('sent', 'connectionClosed')
      .after(299_000)
      .gives('rinse')
      .shows('queued', 'queued')
      .after(1_000)
      .showsOf(1, 'expired', 'noProof')
      .shows('queued')
      .after(59_000)
      .shows('expired', 'notSent');
    controlled(linux)
      .reboots()
      .after(1_000)
      .gives('rinse')
      .shows('queued', ['waitsFor', { behind: 'reboot' }])
      .hangsUp()
      .showsOf(1, 'sent', 'connectionClosed')
      .takesBack(null, 1)
      .showsOf(1, 'expired', 'stoppedWaiting')
      .after(1_000)
      .shows('queued', 'queued')
      .after(59_000)
      .shows('expired', 'notSent');
  });

  it('a list that was partly sent when Crema ended is not sent further, and reports that', () => {
    const prices = Array.from({ length: 100 }, (_, i) => ({ productId: 200 + i, price: 1000, type: 0 }));
    const [first, second] = priceMessages(7, prices, 'linux');
    controlled(linux)
      .gives('setPrices', { prices })
      .sends(first ?? {})
      .restarts()
      .shows('failed', ['sentPartly', { written: 1, frames: 2 }]);
    controlled(linux)
      .gives('setPrices', { prices })
      .sends(first ?? {})
      .after(1_000)
      .sends(second ?? {})
      .restarts()
      .shows('sent');
  });

  it('continues after the clock is set back', () => {
    const book = controlled(linux).gives('queryStatus').sends({ cmd: 'statusquery', vmc_no: 7 });
    book.world.now -= 3_600_000;
    book.gives('querySupplies').sends({ cmd: 'querysupplies', vmc_no: 7 });
  });

  it('a command refused because of a full queue takes no place', () => {
    const book = controlled(linux)
      .gives('setDiscount', { percent: 80 })
      .sends({ cmd: 'discount', vmc_no: 7, discount: 80 })
      .hangsUp()
      .shows('sent', 'connectionClosed');
    for (let n = 0; n < 20; n += 1) book.gives('answerQr', answer(n)).shows('queued', 'queued');
    book.refuses('setDiscount', { percent: 90 }, { code: 'commandQueueFull' }).showsOf(1, 'sent');
  });
});

describe('a custom message', () => {
  it('that restarts the machine waits until no proof is awaited', () => {
    const book = settled(linux, 'doorclose').opensDoor();
    expect(book.goesFirst('reboot')).toBe('openDoor');
    expect(book.goesFirst('setPrices')).toBe('openDoor');
    // Neither ends the connection.
    expect(book.goesFirst('rinse', 'answerQr')).toBeNull();
    book.receives({ cmd: 'machinestatus', status: 'dooropen' }).shows('confirmed', 'doorOpened');
    expect(book.goesFirst('reboot')).toBeNull();
  });

  it('is judged by the platform of the machine: prices do not restart android', () => {
    const book = controlled(android).gives('openDoor', { spelling: 'opendoor' }).sends(remote('opendoor'));
    expect(book.goesFirst('setPrices')).toBeNull();
    expect(book.goesFirst('sync')).toBe('openDoor');
  });

  it('has a turn of its own, one pause after the last frame', async () => {
    const book = controlled(linux).receives({ cmd: 'hb' }).answers('hb').gives('queryStatus').shows('queued');
    const turns: number[] = [];
    const start = book.world.now;
    const turn = book.turn().then(() => turns.push(book.world.now - start));
    book.after(500).sends({ cmd: 'statusquery', vmc_no: 7 });
    // The command came first: the pause starts again.
    await Promise.resolve();
    expect(turns).toEqual([]);
    await book.passing(500, turn);
    expect(turns).toEqual([1_000]);
  });
});
