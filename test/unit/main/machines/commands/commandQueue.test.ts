/** What every command goes through, whatever it is. */
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
  it('is sent a pause after the login’s answer, never before', () => {
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

  it('can be taken back, and expires unsent', () => {
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

  it('takes no more than twenty', () => {
    const book = controlled(linux).hangsUp();
    const answer = (n: number) => ({ orderNo: `o${n}`, qrType: 'wx_pub', qrCode: 'x' });
    for (let n = 0; n < 20; n += 1) book.gives('answerQr', answer(n)).shows('queued', 'queued');
    book.refuses('answerQr', answer(20), { code: 'commandQueueFull', params: { max: 20 } });
  });

  it('what was sent can’t be taken back, but nobody has to wait for it', () => {
    controlled(linux)
      .reboots()
      .takesBack()
      .shows('expired', 'stoppedWaiting')
      .after(1_000)
      // The button is free again, and the new one is the one that a restart proves.
      .reboots()
      .hangsUp()
      .shows('sent', 'connectionClosed')
      .after(70_000)
      .connects()
      .shows('confirmed', 'loggedIn');
  });

  it('what is told of it after nobody waited for it any more is said', () => {
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

  it('of two given at once the second goes after a pause', () => {
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

  it('an answer while one waits begins the pause anew', () => {
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

  it('a machine that talks all the time keeps no command for ever, and still gets none with an answer', () => {
    const book = controlled(linux).receives({ cmd: 'hb' }).answers('hb').gives('queryStatus');
    for (let ms = 0; ms < 9_900; ms += 100) book.after(100).receives({ cmd: 'hb' }).answers('hb');
    book.shows('queued').after(99).receives({ cmd: 'hb' }).answers('hb').after(1);
    book.sends({ cmd: 'statusquery', vmc_no: 7 });
    const times = written(book);
    expect(new Set(times).size).toBe(times.length);
  });

  it('an answer never goes in the millisecond of a command: a machine reads both as one', () => {
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

  it('answers take no timer; a machine for which commands wait has one', () => {
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

describe('a new run of Crema', () => {
  it('goes on waiting for proof', () => {
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
    ['nobody waits for', (book: Controlled) => book.takesBack().shows('expired', 'stoppedWaiting')],
  ])('takes the late proof of what %s, and says so', (_, ends) => {
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

  it('but not when it is too late for it, or the same was asked for again', () => {
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

  it('what was taken back, replaced or never sent is proved by nothing', () => {
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

  it('sends nothing that was left over', () => {
    controlled(linux)
      .hangsUp()
      .gives('rinse')
      .shows('queued', 'queued')
      .restarts()
      .shows('expired', 'cremaClosed')
      .connects();
  });
});

it('android’s notice ends only what it names', () => {
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

  it('nothing is sent in the minute after prices that make the machine restart', () => {
    controlled(linux)
      .gives('setPrices', { prices: [{ productId: 101, price: 1200, type: 0 }] })
      .sends({ cmd: 'priceset', vmc_no: 7, price: [[101, 1200, 0]] })
      .after(1_000)
      .gives('reboot')
      .shows('queued', ['waitsFor', { behind: 'setPrices' }])
      .after(59_000)
      .sendsReboot();
  });

  it('those behind one that waits say for what they wait', () => {
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

  it('the time of a question behind a queued reboot counts from when it could be sent', () => {
    behindReboot()
      .after(100_000)
      .shows('queued')
      .connects()
      .showsOf(2, 'confirmed', 'loggedIn')
      .rests()
      .sends({ cmd: 'statusquery', vmc_no: 7 });
  });

  it('and where the machine does not come back, from the end of the reboot', () => {
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
    'but %s, which would surprise whoever stands there later, is given up, and says why',
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

  it('one that waits for the machine alone says that, whatever it waited for before', () => {
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

  it('a list that was sent in part when Crema ended is not sent on, and says so', () => {
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

  it('goes on when the clock is set back', () => {
    const book = controlled(linux).gives('queryStatus').sends({ cmd: 'statusquery', vmc_no: 7 });
    book.world.now -= 3_600_000;
    book.gives('querySupplies').sends({ cmd: 'querysupplies', vmc_no: 7 });
  });

  it('one that is refused for the length of the queue takes nobody’s place', () => {
    const book = controlled(linux)
      .gives('setDiscount', { percent: 80 })
      .sends({ cmd: 'discount', vmc_no: 7, discount: 80 })
      .hangsUp()
      .shows('sent', 'connectionClosed');
    for (let n = 0; n < 20; n += 1) book.gives('answerQr', answer(n)).shows('queued', 'queued');
    book.refuses('setDiscount', { percent: 90 }, { code: 'commandQueueFull' }).showsOf(1, 'sent');
  });
});

describe('what a person writes', () => {
  it('that restarts the machine waits until nothing else waits for its proof', () => {
    const book = settled(linux, 'doorclose').opensDoor();
    expect(book.goesFirst('reboot')).toBe('openDoor');
    expect(book.goesFirst('setPrices')).toBe('openDoor');
    // Neither ends the connection.
    expect(book.goesFirst('rinse', 'answerQr')).toBeNull();
    book.receives({ cmd: 'machinestatus', status: 'dooropen' }).shows('confirmed', 'doorOpened');
    expect(book.goesFirst('reboot')).toBeNull();
  });

  it('is told by the program of the machine: prices restart no android', () => {
    const book = controlled(android).gives('openDoor', { spelling: 'opendoor' }).sends(remote('opendoor'));
    expect(book.goesFirst('setPrices')).toBeNull();
    expect(book.goesFirst('sync')).toBe('openDoor');
  });

  it('has a turn of its own, a pause after what was written last', async () => {
    const book = controlled(linux).receives({ cmd: 'hb' }).answers('hb').gives('queryStatus').shows('queued');
    const turns: number[] = [];
    const start = book.world.now;
    const turn = book.turn().then(() => turns.push(book.world.now - start));
    book.after(500).sends({ cmd: 'statusquery', vmc_no: 7 });
    // The command was first: the pause begins anew.
    await Promise.resolve();
    expect(turns).toEqual([]);
    await book.passing(500, turn);
    expect(turns).toEqual([1_000]);
  });
});
