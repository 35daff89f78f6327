/**
 * android keeps a single command of five kinds. A newer command replaces one not yet started.
 * A command that arrives while another runs is dropped silently.
 */
import { describe, expect, it, test } from 'vitest';
import type { CommandName } from '#shared/commands/index';
import { priceMessages } from '#shared/commands/setPrices';
import type { JsonObject } from '#shared/model/json';
import { android, controlled, linux, remote, type Controlled } from '../../../../builders/controlled';

const price = (productId: number, fen: number) => ({ productId, price: fen, type: 0 });
const priceset = (productId: number, fen: number): JsonObject => ({
  cmd: 'priceset',
  vmc_no: 7,
  price: [[productId, fen, 0]],
});
const lists = (book: Controlled, productId = 801, fen = 900): Controlled =>
  book.gives('setPrices', { prices: [price(productId, fen)] }).sends(priceset(productId, fen));
const asks = (book: Controlled, product: number, amount: number, order: string): Controlled =>
  book
    .receives({ cmd: 'qrcode', qr_type: 'all', product_id: product, Amount: amount, order_no: order })
    .answers('qrcode_r');

describe.each([
  ['setDiscount', { percent: 80 }, { cmd: 'discount', vmc_no: 7, discount: 80 }],
  ['setPrices', { prices: [price(802, 700)] }, priceset(802, 700)],
  ['refill', { changes: { '10009': 200 } }, remote('supplys', { supply: { '10009': '+200' } })],
  ['lockProducts', { productIds: [101] }, remote('productlock', { pid_list: '101' })],
  ['unlockProducts', { productIds: [101] }, remote('productunlock', { pid_list: '101' })],
] as const)('%s after a price list', (name: CommandName, input: JsonObject, frame: JsonObject) => {
  const waiting = ['waitsForSlot', { behind: 'setPrices' }] as const;

  it('waits for 15 s of quiet, and reports why', () => {
    lists(controlled(android))
      .after(1_000)
      .gives(name, input)
      .shows('queued', waiting)
      .after(13_999)
      .shows('queued')
      .after(1)
      .sends(frame);
  });

  it('is sent 10 s after the proof of the list, when its task must have ended', () => {
    const book = lists(controlled(android)).after(1_000).gives(name, input).shows('queued', waiting);
    book
      .receives({ cmd: 'qrcode', qr_type: 'all', product_id: 801, Amount: 900, order_no: 'a' })
      .answers('qrcode_r')
      .showsOf(1, 'confirmed', 'amountSeen')
      .after(9_999)
      .shows('queued')
      .after(1)
      .sends(frame);
  });
});

it('the slot stays taken by a command that was given up, replaced, or sent by an earlier launch', () => {
  const given = lists(controlled(android)).takesBack().shows('expired', 'stoppedWaiting').after(1_000);
  given.gives('setDiscount', { percent: 80 }).shows('queued', ['waitsForSlot', { behind: 'setPrices' }]);
  const newer = lists(controlled(android))
    .after(1_000)
    .gives('setPrices', { prices: [price(801, 950)] })
    .shows('queued', ['waitsForSlot', { behind: 'setPrices' }])
    .after(14_000)
    .sends(priceset(801, 950))
    .showsOf(1, 'expired', 'replaced')
    .after(14_000);
  // Quiet since the second command.
  newer.gives('setDiscount', { percent: 80 }).shows('queued', 'waitsForSlot');
  const restarted = lists(controlled(android)).restarts().after(1_000);
  restarted.gives('setDiscount', { percent: 80 }).shows('queued', 'waitsForSlot');
});

it('a custom message takes the slot too', () => {
  const book = controlled(android);
  book.tells({ cmd: 'remote', operation: 'supplys', vmc_no: 7, session_id: '1' });
  book
    .after(1_000)
    .gives('setDiscount', { percent: 80 })
    .shows('queued', ['waitsForSlot', { behind: 'refill' }])
    .after(14_000)
    .sends({ cmd: 'discount', vmc_no: 7, discount: 80 });
});

it('other commands have slots of their own, and only wait for their turn', () => {
  lists(controlled(android))
    .after(1_000)
    .gives('openDoor', { spelling: 'opendoor' })
    .sends(remote('opendoor'));
  lists(controlled(android))
    .after(1_000)
    .gives('setDiscount', { percent: 80 })
    .shows('queued', 'waitsForSlot')
    .gives('rinse')
    .shows('queued', ['waitsFor', { behind: 'setDiscount' }])
    .after(14_000)
    .sends({ cmd: 'discount', vmc_no: 7, discount: 80 })
    .after(1_000)
    .sends(remote('rinsing'));
});

describe('a command awaited at the machine overtakes commands that wait for the slot', () => {
  const paid = { orderNo: 'a', amount: 900, paid: true, payType: 'wx_pub' };
  const payDone = { cmd: 'pay_done', vmc_no: 7, product_amount: 900, order_no: 'a', paydone: true };

  it.each([
    ['openDoor', { spelling: 'opendoor' }, remote('opendoor')],
    ['payResult', paid, { ...payDone, paytype: 'wx_pub' }],
    ['answerQr', { orderNo: 'a', qrType: 'wx_pub', qrCode: 'x' }, { cmd: 'qrcode_r' }],
  ] as const)('%s', (name, input, frame) => {
    const book = lists(controlled(android))
      .after(1_000)
      .gives('setDiscount', { percent: 80 })
      .shows('queued', 'waitsForSlot')
      .gives('refill', { changes: { '10009': 200 } })
      .shows('queued', ['waitsForSlot', { behind: 'setPrices' }])
      .gives(name, input)
      .sends(expect.objectContaining(frame) as JsonObject);
    if (name === 'answerQr') book.shows('unconfirmable', 'cannotProve');
    // Commands that wait for the slot keep their order.
    book.after(14_000).sends({ cmd: 'discount', vmc_no: 7, discount: 80 });
  });

  it('also between two frames of a price list', () => {
    const prices = Array.from({ length: 500 }, (_, i) => price(101 + i, 1_000 + i));
    const [first = {}, second = {}] = priceMessages(7, prices, 'android');
    controlled(android)
      .gives('setPrices', { prices })
      .sends(first)
      .after(2_000)
      .gives('payResult', paid)
      .sends({ ...payDone, paytype: 'wx_pub' })
      .after(13_000)
      .sends(second);
  });

  it('but nothing overtakes a restart', () => {
    controlled(android)
      .gives('reboot')
      .sends(remote('reboot'))
      .after(1_000)
      .gives('setDiscount', { percent: 80 })
      .shows('queued', ['waitsFor', { behind: 'reboot' }])
      .gives('openDoor', { spelling: 'opendoor' })
      .shows('queued', ['waitsFor', { behind: 'reboot' }]);
  });
});

it('linux has no such slot', () => {
  lists(controlled(linux))
    .hangsUp()
    .shows('sent', 'connectionClosed')
    .after(60_000)
    .connects()
    .shows('sent', 'loggedIn')
    .after(1_000)
    .gives('setDiscount', { percent: 80 })
    .sends({ cmd: 'discount', vmc_no: 7, discount: 80 });
});

it('waiting for the slot does not count as waiting time, and is reported if it ends in vain', () => {
  lists(controlled(android))
    .after(1_000)
    .gives('setDiscount', { percent: 80 })
    .shows('queued', 'waitsForSlot')
    .waits(5_000)
    .shows('queued', 'waitChanged')
    .after(5_000)
    .shows('expired', ['notItsTurn', { behind: 'setPrices' }]);
});

describe('a price list', () => {
  const prices = (count: number) => Array.from({ length: count }, (_, i) => price(101 + i, 1_000 + i));

  it('of 200 products is one frame for android, below its 4,096 bytes', () => {
    const list = prices(200);
    const [message, ...more] = priceMessages(7, list, 'android');
    expect(more).toEqual([]);
    const book = controlled(android)
      .gives('setPrices', { prices: list })
      .sends(message ?? {});
    const frame = book.world.entries.findLast((entry) => entry.kind === 'frame' && entry.dir === 'out');
    expect(frame !== undefined && 'bytes' in frame ? frame.bytes.length : null).toBeGreaterThan(2_000);
  });

  test.each([
    ['android', 4_096],
    ['linux', 1_001],
    [null, 1_001],
  ] as const)('fills no frame for %s to %i bytes', (platform, bytes) => {
    for (const message of priceMessages(7, prices(500), platform))
      expect(JSON.stringify(message).length + 12).toBeLessThan(bytes);
  });

  it('too long for one frame is sent in several, with 15 s of quiet after each', () => {
    const list = prices(500);
    const [first = {}, second = {}, ...more] = priceMessages(7, list, 'android');
    expect(more).toEqual([]);
    const book = controlled(android).gives('setPrices', { prices: list }).sends(first);
    asks(book, 101, 1_000, 'a').shows('sent', 'amountSeen');
    // Proof of some prices does not prove the whole frame.
    book.after(14_000).sends().after(1_000).sends(second);
  });

  it('is sent in the same way if the platform is unknown', () => {
    const login = { cmd: 'login', version: '1.0' };
    const list = prices(100);
    const [first = {}, second = {}] = priceMessages(7, list, null);
    controlled(login)
      .gives('setPrices', { prices: list })
      .sends(first)
      .after(14_999)
      .sends()
      .after(1)
      .sends(second);
  });
});
