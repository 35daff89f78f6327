/** The life of commands, as conversations with a machine. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { CommandName } from '#shared/catalog/commands';
import type { Command } from '#shared/model/command';
import type { JsonObject } from '#shared/model/frame';
import type { WireMessage } from '#shared/model/message';
import { CommandQueue } from '../../../../src/main/session/commandQueue';
import { connection, World, type TestConnection } from '../../../builders/connection';

const linux = { cmd: 'login', vmc_no: 7, version: '1.0', linuxDriverVersion: '1.3' };
const android = { cmd: 'login', vmc_no: 7, version: '2.0', io_version: '9', login_count: 3 };

let world: World;
let queue: CommandQueue;
let sent: WireMessage[];
let changes: Command[];

const plays = (): readonly TestConnection[] => world.connections;
const playOf = (vmcNo: number): TestConnection | undefined =>
  plays().findLast((play) => play.isOpen && play.vmcNo === vmcNo);

beforeEach(() => {
  world = new World();
  sent = [];
  changes = [];
  queue = new CommandQueue({
    now: () => world.now,
    isOnline: (vmcNo) => playOf(vmcNo) !== undefined,
    platform: (vmcNo) => world.fleet.machine(vmcNo)?.platform ?? null,
    discount: (vmcNo) => world.fleet.machine(vmcNo)?.discount?.value ?? null,
    send: (vmcNo, message) => {
      sent.push(message);
      return playOf(vmcNo)?.tells(message) ?? null;
    },
    offer: () => ({ dir: 'http://192.0.2.1:12345/u/7/1', type: null }),
    changed: (command) => changes.push(command),
  });
  world.entryLog.onEntry((entry, change) => {
    if (change !== null && queue.onEntry(entry, change)) flushes.push(change.vmcNo);
  });
  flushes = [];
});
let flushes: number[];
/** What the running app does after each entry. */
const flush = (): void => flushes.splice(0).forEach((vmcNo) => queue.flush(vmcNo));

const machine = (login: JsonObject): TestConnection => connection({}, world).receives(login);
function give(name: CommandName, input: JsonObject = {}): Command {
  const given = queue.give(7, name, input);
  if ('code' in given) throw new Error(JSON.stringify(given));
  return given;
}
const now = (id = changes.at(-1)?.id): Command => {
  const command = changes.findLast((one) => one.id === id);
  if (command === undefined) throw new Error('no command changed');
  return command;
};
const steps = (command: Command): readonly string[] => command.steps.map(({ what }) => what);
/** Every step that says so names an entry that exists. */
function expectEvidence(command: Command): void {
  const ids = new Set(world.entries.map(({ id }) => id));
  const named = command.steps.flatMap(({ entry }) => entry ?? []);
  expect(named.filter((entry) => !ids.has(entry))).toEqual([]);
}

describe('reboot', () => {
  it('is proved by the connection closing and a login, not by being sent', () => {
    const play = machine(linux);
    expect(give('reboot').state).toBe('sent');
    expect(sent).toEqual([{ cmd: 'reboot', vmc_no: 7 }]);
    play.receives({ cmd: 'hb', vmc_no: 7 });
    expect(now().state).toBe('sent');
    play.hangsUp();
    machine(linux);
    expect(now().state).toBe('confirmed');
    expect(steps(now())).toEqual(['sent', 'connectionClosed', 'loggedIn']);
    expectEvidence(now());
  });

  it('a machine that cut its power comes back before its old connection ends: proved all the same', () => {
    machine(android);
    give('reboot');
    expect(sent).toMatchObject([{ cmd: 'remote', vmc_no: 7, operation: 'reboot' }]);
    machine(android);
    expect(now().state).toBe('confirmed');
  });

  it('logging in again on the same connection, or after we hung up, proves nothing', () => {
    const play = machine(linux);
    give('reboot');
    play.receives(linux);
    expect(now().state).toBe('sent');
    play.ended('byPerson');
    machine(linux);
    expect(now().state).toBe('sent');
    world.now += 300_000;
    queue.tick();
    expect(now()).toMatchObject({ state: 'expired', endedAt: world.now });
    expect(steps(now()).at(-1)).toBe('noProof');
  });
});

describe('the door', () => {
  it('is proved by dooropen; the other spelling takes the place of the first', () => {
    const play = machine(linux);
    const first = give('openDoor', { spelling: 'opendoor' });
    expect(queue.give(7, 'openDoor', { spelling: 'opendoor' })).toMatchObject({ code: 'commandRunning' });
    give('openDoor', { spelling: 'door open' });
    expect(now(first.id)).toMatchObject({ state: 'expired' });
    expect(sent.map((message) => message.cmd)).toEqual(['opendoor', 'door open']);
    play.receives({ cmd: 'machinestatus', vmc_no: 7, status: 'doorclose' });
    expect(now().state).toBe('sent');
    play.receives({ cmd: 'machinestatus', vmc_no: 7, status: 'dooropen' });
    expect(now().state).toBe('confirmed');
    expectEvidence(now());
  });
});

describe('a drink', () => {
  const drink = { productId: 101, strength: 3, milk: 1, sugar: 0 };
  it.each([
    [
      linux,
      { cmd: 'products', vmc_no: 7, product_id: 101, fastcode: 310, paydone: true, paytype: 'fastcode' },
    ],
    [android, { cmd: 'remote', operation: 'products', vmc_no: 7, product_id: 101, fastcode: 310 }],
  ])('is proved by productdone of that product', (login, message) => {
    const play = machine(login);
    give('makeDrink', drink);
    expect(sent).toMatchObject([message]);
    // A customer's own order of the same product is not it.
    play
      .receives({ cmd: 'qrcode', vmc_no: 7, qr_type: 'all', product_id: 101, Amount: 900, order_no: 'c1' })
      .receives({ cmd: 'productdone', vmc_no: 7, ProductId: 101, isok: true, order_no: 'c1' });
    play.receives({ cmd: 'productdone', vmc_no: 7, ProductId: 102, isok: true, order_no: 'x2' });
    // Nor is a sale for cash.
    play.receives({
      cmd: 'productdone',
      vmc_no: 7,
      ProductId: 101,
      isok: true,
      PayType: 'cash',
      order_no: 'c2',
    });
    expect(now().state).toBe('sent');
    play.receives({ cmd: 'productdone', vmc_no: 7, ProductId: 101, isok: true, order_no: 'x3' });
    expect(now().state).toBe('confirmed');
    expect(now().steps.at(-1)).toMatchObject({ what: 'drinkMade', params: { orderNo: 'x3' } });
  });

  it('fails with the machine’s own reason', () => {
    const play = machine(linux);
    give('makeDrink', drink);
    play.receives({ cmd: 'productdone', vmc_no: 7, ProductId: 101, isok: false, failreason: 'ERROR:5300' });
    expect(now()).toMatchObject({ state: 'failed' });
    expect(now().steps.at(-1)?.params['reason']).toBe('ERROR:5300');
  });

  it('what does not fit is refused, naming the field', () => {
    machine(linux);
    expect(queue.give(7, 'makeDrink', { ...drink, sugar: 6 })).toEqual({
      code: 'badInput',
      params: { name: 'makeDrink', field: 'sugar' },
    });
    expect(sent).toEqual([]);
  });
});

describe('rinsing', () => {
  it('linux can’t prove it, and that is said at once', () => {
    machine(linux);
    give('rinse');
    expect(now()).toMatchObject({ state: 'unconfirmable' });
    expect(steps(now())).toEqual(['sent', 'cannotProve']);
  });
  it.each([
    [true, 'confirmed'],
    [false, 'failed'],
  ])('android tells: isok %s is %s', (isok, state) => {
    const play = machine(android);
    give('rinse');
    play.receives({ cmd: 'rinsingrecord', vmc_no: 7, c_uid: 'r1', isok });
    expect(now().state).toBe(state);
  });
});

describe('prices and discount', () => {
  const asks = (play: TestConnection, product: number, amount: number, orderNo: string): void =>
    void play.receives({
      cmd: 'qrcode',
      vmc_no: 7,
      qr_type: 'all',
      product_id: product,
      Amount: amount,
      order_no: orderNo,
    });

  it('each price is proved by its own QR request, and only by the new amount', () => {
    const play = machine(linux);
    give('setPrices', {
      prices: [
        { productId: 101, price: 1200, type: 0 },
        { productId: 102, price: 800, type: 0 },
      ],
    });
    expect(sent).toEqual([
      {
        cmd: 'priceset',
        vmc_no: 7,
        price: [
          [101, 1200, 0],
          [102, 800, 0],
        ],
      },
    ]);
    play.hangsUp();
    const back = machine(linux);
    asks(back, 101, 1000, 'a');
    expect(now().awaited).toEqual([101, 102]);
    asks(back, 101, 1200, 'b');
    expect(now()).toMatchObject({ state: 'sent', awaited: [102] });
    asks(back, 102, 800, 'c');
    expect(now().state).toBe('confirmed');
    expect(steps(now())).toEqual([
      'sent',
      'connectionClosed',
      'loggedIn',
      'amountDiffers',
      'amountSeen',
      'amountSeen',
    ]);
  });

  it('a newer list takes the place of one that still waits: a slip must not last a day', () => {
    machine(linux);
    const first = give('setPrices', { prices: [{ productId: 101, price: 120, type: 0 }] });
    const second = give('setPrices', { prices: [{ productId: 101, price: 1200, type: 0 }] });
    expect(now(first.id)).toMatchObject({ state: 'expired' });
    expect(steps(now(first.id)).at(-1)).toBe('replaced');
    expect(now(second.id).state).toBe('sent');
  });

  it('a discount is proved against what the product cost before', () => {
    const play = machine(linux);
    asks(play, 101, 1000, 'a');
    world.now += 1_000;
    give('setDiscount', { percent: 85 });
    play.hangsUp();
    const back = machine(linux);
    asks(back, 109, 500, 'b');
    expect(now().state).toBe('sent');
    asks(back, 101, 850, 'c');
    expect(now().state).toBe('confirmed');
    world.now += 1_000;
    // The next one counts from the discount in force.
    give('setDiscount', { percent: 50 });
    asks(back, 101, 500, 'd');
    expect(now().state).toBe('confirmed');
  });

  it('a price set while a discount is in force is proved by what is left of it', () => {
    const play = machine(linux);
    asks(play, 101, 1000, 'a');
    world.now += 1_000;
    give('setDiscount', { percent: 85 });
    asks(play, 101, 850, 'b');
    world.now += 1_000;
    give('setPrices', { prices: [{ productId: 101, price: 1205, type: 0 }] });
    asks(play, 101, 1205, 'c');
    expect(now().steps.at(-1)).toMatchObject({ what: 'amountDiffers', params: { expected: 1024 } });
    asks(play, 101, 1024, 'd');
    expect(now().state).toBe('confirmed');
  });

  it('a long list goes out in frames a machine can read', () => {
    machine(linux);
    const prices = Array.from({ length: 200 }, (_, i) => ({ productId: 100 + i, price: 1000 + i, type: 1 }));
    give('setPrices', { prices });
    expect(sent.length).toBeGreaterThan(2);
    expect(sent.flatMap((message) => (message.cmd === 'priceset' ? message.price : []))).toEqual(
      prices.map(({ productId, price, type }) => [productId, price, type]),
    );
    const frames = world.entries.filter((entry) => entry.kind === 'frame' && entry.dir === 'out');
    for (const entry of frames) expect('bytes' in entry && entry.bytes.length).toBeLessThanOrEqual(1000);
    expect(
      now()
        .steps.filter(({ what }) => what === 'sent')
        .map(({ entry }) => entry),
    ).toEqual(frames.slice(-sent.length).map(({ id }) => id));
  });
});

describe('payment', () => {
  const pay = { orderNo: 'o1', amount: 1000, paid: true, payType: 'wx_pub' };
  it('is proved by paydone_r, or else by the order’s productdone', () => {
    const play = machine(linux);
    give('payResult', pay);
    give('payResult', { ...pay, orderNo: 'o2' });
    expect(sent[0]).toEqual({
      cmd: 'pay_done',
      vmc_no: 7,
      product_amount: 1000,
      order_no: 'o1',
      paydone: true,
      paytype: 'wx_pub',
    });
    play.receives({ cmd: 'paydone_r', vmc_no: 7, order_no: 'o1' });
    expect(now()).toMatchObject({ state: 'confirmed', input: { orderNo: 'o1' } });
    play.receives({ cmd: 'productdone', vmc_no: 7, order_no: 'o2', isok: true });
    expect(now()).toMatchObject({ state: 'confirmed', input: { orderNo: 'o2' } });
  });
});

describe('questions', () => {
  it('are answered by machinestatus', () => {
    const play = machine(linux);
    const status = give('queryStatus');
    const supplies = give('querySupplies');
    play.receives({ cmd: 'machinestatus', vmc_no: 7, status: 'doorclose' });
    expect(now(status.id).state).toBe('confirmed');
    expect(now(supplies.id).state).toBe('sent');
    play.receives({ cmd: 'machinestatus', vmc_no: 7, status: 'supply', supply: { 1: '200' } });
    expect(now(supplies.id).state).toBe('confirmed');
  });
});

describe('waiting for the machine', () => {
  it('is sent after the login’s answer, never before', () => {
    machine(linux).hangsUp();
    const { id } = give('reboot');
    expect(now(id)).toMatchObject({ state: 'queued' });
    world.now += 5_000;
    const play = connection({}, world);
    play.receives(linux);
    flush();
    expect(now(id).state).toBe('sent');
    const order = world.entries
      .filter((entry) => entry.conn === play.conn && entry.kind === 'frame')
      .map((entry) => (entry.kind === 'frame' ? entry.message.body.cmd : ''));
    expect(order).toEqual(['login', 'login_r', 'reboot']);
  });

  it('can be taken back, and expires unsent', () => {
    machine(linux).hangsUp();
    const door = give('openDoor', { spelling: 'opendoor' });
    const reboot = give('reboot');
    expect(queue.cancel(reboot.id)).toBeNull();
    expect(now(reboot.id).state).toBe('cancelled');
    expect(queue.cancel(reboot.id)).toMatchObject({ code: 'unknownCommand' });
    world.now += 60_000;
    queue.tick();
    expect(now(door.id).state).toBe('expired');
    connection({}, world).receives(linux);
    flush();
    expect(sent).toEqual([]);
  });

  it('what was sent can’t be taken back', () => {
    machine(linux);
    const { id } = give('reboot');
    expect(queue.cancel(id)).toMatchObject({ code: 'commandNotQueued' });
  });

  it('a new run goes on waiting for proof, and sends nothing that was left over', () => {
    machine(linux);
    const reboot = give('reboot');
    const queued = { ...reboot, id: 99, name: 'rinse', state: 'queued' } as const;
    changes = [];
    const later = new CommandQueue(
      {
        now: () => world.now,
        isOnline: () => true,
        platform: () => 'linux',
        discount: () => null,
        send: () => null,
        offer: () => ({ dir: '', type: null }),
        changed: (command) => changes.push(command),
      },
      99,
    );
    later.restore([reboot, queued]);
    expect(changes).toMatchObject([{ id: 99, state: 'expired' }]);
    expect(later.running).toEqual([reboot]);
    world.entryLog.onEntry((entry, change) => later.onEntry(entry, change));
    machine(linux);
    expect(now(reboot.id).state).toBe('confirmed');
  });
});

describe('upgrade', () => {
  it('a finished download proves nothing; the login with the new version does', () => {
    const play = machine(linux);
    const packageId = 'a'.repeat(64);
    const given = queue.giveUpgrade(7, { packageId }, { version: '1.1' });
    if ('code' in given) throw new Error('refused');
    expect(sent).toEqual([{ cmd: 'upgrade', vmc_no: 7, dir: 'http://192.0.2.1:12345/u/7/1' }]);
    const transfer = {
      offer: given.id,
      vmcNo: 7,
      remoteAddress: '192.0.2.7',
      startedAt: world.now,
      endedAt: null,
      sent: 10,
      total: 100,
      status: 200,
      complete: null,
      straySpaces: false,
    } as const;
    queue.onTransfer({ ...transfer, what: 'update.xml', complete: true, endedAt: world.now, sent: 100 });
    queue.onTransfer({ ...transfer, what: 'package' });
    queue.onTransfer({ ...transfer, what: 'package', sent: 60 });
    queue.onTransfer({ ...transfer, what: 'package', sent: 100, complete: true, endedAt: world.now });
    expect(now().state).toBe('sent');
    play.hangsUp();
    const back = machine(linux);
    expect(now().state).toBe('sent');
    back.hangsUp();
    machine({ ...linux, version: ' 1.1 ' });
    expect(now().state).toBe('confirmed');
    expect(steps(now())).toEqual([
      'sent',
      'updateXmlFetched',
      'downloadBegan',
      'downloadEnded',
      'connectionClosed',
      'versionDiffers',
      'versionConfirmed',
    ]);
    expectEvidence(now());
  });

  it('android’s own notice ends what it names, and never an upgrade', () => {
    machine(android);
    const reboot = give('reboot');
    const upgrade = queue.giveUpgrade(7, { packageId: 'b'.repeat(64) }, { version: '3' });
    if ('code' in upgrade) throw new Error('refused');
    const notice = { vmcNo: 7, done: true, reason: null, at: world.now, remoteAddress: '192.0.2.7' };
    queue.onNotice({ ...notice, sessionId: 'someone else’s' });
    expect(now(reboot.id).state).toBe('sent');
    queue.onNotice({ ...notice, sessionId: reboot.sessionId });
    queue.onNotice({ ...notice, sessionId: upgrade.sessionId });
    expect(now(reboot.id).state).toBe('confirmed');
    expect(now(upgrade.id).state).toBe('sent');
    queue.onNotice({ ...notice, sessionId: upgrade.sessionId, done: false, reason: '5' });
    expect(now(upgrade.id)).toMatchObject({ state: 'failed' });
  });

  it('after a login with another version it can be given again, and waits no whole hour more', () => {
    const play = machine(linux);
    const first = queue.giveUpgrade(7, { packageId: 'a'.repeat(64) }, { version: '1.1' });
    if ('code' in first) throw new Error('refused');
    expect(queue.giveUpgrade(7, { packageId: 'a'.repeat(64) }, { version: '1.1' })).toMatchObject({
      code: 'commandRunning',
    });
    play.hangsUp();
    machine(linux);
    expect(now(first.id).until).toBe(world.now + 600_000);
    const second = queue.giveUpgrade(7, { packageId: 'a'.repeat(64) }, { version: '1.1' });
    expect(second).toMatchObject({ state: 'sent' });
    expect(now(first.id)).toMatchObject({ state: 'expired' });
  });

  it('what no login names is told by the machine’s notice, or can’t be proved', () => {
    machine(android);
    const giveMenu = (): Command => {
      const given = queue.giveUpgrade(7, { packageId: 'c'.repeat(64) }, { version: '', seenAtLogin: false });
      if ('code' in given) throw new Error('refused');
      return given;
    };
    const notice = { vmcNo: 7, done: true, reason: null, at: world.now, remoteAddress: '192.0.2.7' };
    const told = giveMenu();
    queue.onNotice({ ...notice, sessionId: told.sessionId });
    expect(now(told.id).state).toBe('confirmed');
    const silent = giveMenu();
    queue.onTransfer({
      offer: silent.id,
      vmcNo: 7,
      what: 'package',
      remoteAddress: '192.0.2.7',
      startedAt: world.now,
      endedAt: world.now,
      sent: 5,
      total: 5,
      status: 200,
      complete: true,
      straySpaces: false,
    });
    world.now += 600_000;
    queue.tick();
    expect(now(silent.id).state).toBe('unconfirmable');
  });
});
