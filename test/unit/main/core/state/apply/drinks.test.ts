import { describe, expect, it } from 'vitest';
import { products } from '#shared/messages/products';
import type { JsonObject } from '#shared/model/frame';
import { productdone } from '#shared/messages/productdone';
import { upordrecipe } from '#shared/messages/upordrecipe';
import { like, loggedIn, login, stateOf, vmc_no } from '../../../../../builders/loggedIn';
import { connection, type TestConnection } from '../../../../../builders/connection';
import { readMachine } from '#shared/model/stored/machine';
import { rinsingrecord } from '#shared/messages/rinsingrecord';

describe('products', () => {
  it('a drink ordered by Crema is kept until its end', () => {
    const play = loggedIn().tells({ ...like(products, { order_no: '7' }), cmd: 'products' });
    const { id: entry, at } = play.world.entries.at(-1) ?? {};
    const brew = { entry, at, by: 'crema', productId: 810, orderNo: '7' };
    play.shows(vmc_no, { brews: [brew] as never });
    play.tells({ cmd: 'products', vmc_no, product_id: 810, paydone: false });
    expect(stateOf(play).brews).toHaveLength(1);
  });

  it('the last twenty are kept', () => {
    const play = loggedIn();
    for (let order = 0; order < 25; order += 1)
      play.tells({ ...like(products, { order_no: String(order) }), cmd: 'products' });
    expect(stateOf(play).brews.map(({ orderNo }) => orderNo)).toEqual(
      Array.from({ length: 20 }, (_, at) => String(at + 5)),
    );
  });
});

describe('remote', () => {
  it('of its operations the drink order is kept, without a number: the machine makes its own', () => {
    const remote = { cmd: 'remote', vmc_no, session_id: '9', product_id: 810, paydone: true };
    const play = loggedIn().tells({ ...remote, operation: 'opendoor' });
    expect(stateOf(play).brews).toEqual([]);
    play.tells({ ...remote, operation: 'products' });
    expect(stateOf(play).brews).toMatchObject([{ productId: 810, orderNo: null, by: 'crema' }]);
  });
});

describe('productdone', () => {
  const done = like(productdone, { order_no: 'o-1' });

  it('repeated reports are one order', () => {
    const play = loggedIn()
      .receives(done)
      .answers({ cmd: 'productdone_r', vmc_no, order_no: 'o-1', isOk: true })
      .after(3_000)
      .receives(done)
      .finds('order.repeated')
      .answers('productdone_r')
      .after(3_000)
      .receives(done)
      .finds('order.repeated')
      .answers('productdone_r');
    const { orders, lastDrink } = stateOf(play);
    expect(orders).toHaveLength(1);
    expect(orders[0]).toMatchObject({
      state: 'made',
      doneTimes: 3,
      amount: 1000,
      productName: 'Hot milk',
    });
    expect(lastDrink?.at).toBe(orders[0]?.at);
  });

  it('the last drink is a recent one, also if the clock was ahead at the drink before', () => {
    const { timestamp: _, ...timeless } = done;
    const play = loggedIn().receives(timeless).answers('productdone_r');
    play.setsClock(-28_800_000);
    play
      .receives({ ...timeless, order_no: 'o-2' })
      .answers('productdone_r')
      .after(1);
    expect(stateOf(play).lastDrink?.value.orderNo).toBe('o-2');
  });

  it('of the parts of one order, up to a limit are kept', () => {
    const play = loggedIn();
    for (let n = 0; n < 10; n += 1) {
      const parts = Object.fromEntries(Array.from({ length: 10 }, (_, i) => [`canister${n}_${i}`, `${i}`]));
      play.receives({ ...done, ...parts });
      if (n > 0) play.finds('order.repeated');
      play.answers('productdone_r').after(3_000);
    }
    const kept = Object.keys(stateOf(play).orders[0]?.parts ?? {});
    expect(kept).toHaveLength(40);
    expect(kept.at(-1)).toBe('canister9_9');
  });

  it('a failed drink is reported as failed', () => {
    const play = loggedIn()
      .receives({ ...done, isok: false, failreason: 'no cups' })
      .answers('productdone_r');
    expect(stateOf(play).orders[0]).toMatchObject({ state: 'failed', failReason: 'no cups' });
  });

  it('without a number and a time it is identified by connection and minute, and without `isok` nothing is claimed', () => {
    const { order_no: _, isok: __, timestamp: ___, ...bare } = done;
    const answer = { cmd: 'productdone_r', vmc_no, order_no: '', isOk: true };
    const missing = ['field.missing', 'field.missing'] as const;
    const play = loggedIn()
      .receives(bare)
      .finds(...missing)
      .answers(answer)
      .after(3_000)
      .receives(bare)
      .finds(...missing, 'order.repeated')
      .answers(answer)
      .after(3_000)
      .receives(bare)
      .finds(...missing, 'order.repeated')
      .answers(answer);
    expect(stateOf(play).orders).toMatchObject([{ state: 'requested', done: null, doneTimes: 3 }]);
    expect(stateOf(play).lastDrink).toBeNull();
    // Another drink, and the same one a minute later.
    play
      .receives({ ...bare, ProductId: 702 })
      .finds(...missing)
      .answers(answer)
      .after(60_000)
      .receives(bare)
      .finds(...missing)
      .answers(answer);
    expect(stateOf(play).orders.map(({ doneTimes }) => doneTimes)).toEqual([3, 1, 1]);
  });

  it('without a number and a time it stays one however often it is repeated, every 3 s', () => {
    const { order_no: _, timestamp: __, ...bare } = done;
    const link = connection().receives(login);
    for (let n = 0; n < 60; n += 1) {
      link.receives(bare);
      link.world.now += 3_000;
    }
    expect(link.world.fleet.machine(vmc_no)?.orders.map(({ doneTimes }) => doneTimes)).toEqual([60]);
  });

  describe('a cup that blocks the outlet', () => {
    const cupblock = { cmd: 'machinestatus', vmc_no, status: 'cupblock' };
    /** Noon by Crema's clock; the machine's clock is an hour behind. */
    const anHourAgo = '20150624110000';
    const blocked = () => connection().receives(login).receives(cupblock);
    const isBlocked = (link: TestConnection): boolean =>
      link.world.fleet.machine(vmc_no)?.cupBlocked !== null;
    const asks = { cmd: 'qrcode', vmc_no, qr_type: 'wx_pub', product_id: 701, Amount: 1000, order_no: 'o-1' };

    it('was removed before a successful drink, although the machine’s clock is five minutes behind', () => {
      expect(isBlocked(blocked().receives({ ...done, timestamp: '20150624115500' }))).toBe(false);
    });

    it('was removed before a drink requested long before on this connection', () => {
      const { historyOrder: _, ...unsaid } = done;
      const link = connection().receives(login).receives(asks).receives(cupblock);
      link.world.now += 660_000;
      expect(isBlocked(link.receives({ ...unsaid, timestamp: anHourAgo }))).toBe(false);
      const { timestamp: __, ...timeless } = unsaid;
      const other = connection().receives(login).receives(asks).receives(cupblock);
      other.world.now += 660_000;
      expect(isBlocked(other.receives(timeless))).toBe(false);
      // It also works if the clock was never set.
      const unset = connection().receives(login).receives(asks).receives(cupblock);
      expect(isBlocked(unset.receives({ ...unsaid, timestamp: '20150101000000' }))).toBe(false);
    });

    it.each([
      ['was stored', { timestamp: '20150624120000', historyOrder: true }],
      ['is a repetition', { timestamp: '20150624120000', order_resend_times: 1 }],
      ['was made days ago', { timestamp: '20150620120000' }],
      [
        'was made an hour ago by a clock of unknown offset',
        { timestamp: anHourAgo, historyOrder: undefined },
      ],
      ['was made an hour ago and is marked as not stored', { timestamp: anHourAgo, historyOrder: false }],
      [
        'was made 23 hours ago and is marked as not stored',
        { timestamp: '20150623130000', historyOrder: false },
      ],
      ['failed', { timestamp: '20150624120000', isok: false }],
    ])('may still be there after a drink that %s', (_, members) => {
      expect(
        isBlocked(blocked().receives(JSON.parse(JSON.stringify({ ...done, ...members })) as JsonObject)),
      ).toBe(true);
    });

    it('may still be there after a drink that is reported again', () => {
      const link = connection()
        .receives(login)
        .receives({ ...done, timestamp: '20150624120000' });
      expect(isBlocked(link.receives(cupblock).receives({ ...done, timestamp: '20150624120000' }))).toBe(
        true,
      );
    });
  });
});

describe('upordrecipe', () => {
  it('reports the consumption of an order, and opens none', () => {
    const play = loggedIn()
      .receives(like(productdone, { order_no: 'o-1' }))
      .answers('productdone_r')
      .receives(like(upordrecipe, { order_no: 'o-1' }))
      .answers('upordrecipe_r')
      .receives(like(upordrecipe, { order_no: 'nobody’s' }))
      .answers('upordrecipe_r');
    expect(stateOf(play).orders).toMatchObject([{ orderNo: 'o-1', consumed: { '10009': '12.50' } }]);
  });
});

describe('rinsingrecord', () => {
  const recordAt = (second: string) => ({ ...like(rinsingrecord), c_uid: `C${second}700` });
  const second = (n: number): string =>
    `2025031816${String(Math.floor(n / 60)).padStart(2, '0')}${String(n % 60).padStart(2, '0')}`;

  it('remembers the last hundred rinses, each once', () => {
    const play = loggedIn();
    for (let n = 0; n < 120; n += 1) play.receives(recordAt(second(n))).answers('rinsingrecord_r');
    play.receives(recordAt(second(30))).answers('rinsingrecord_r');
    const { rinses } = stateOf(play);
    expect(rinses).toHaveLength(100);
    expect(rinses.at(-1)).toBe(`C${second(30)}`);
    expect(rinses[0]).toBe(`C${second(20)}`);
    expect(new Set(rinses).size).toBe(100);
    // Stored with the machine's state.
    expect(readMachine(JSON.stringify(stateOf(play)))?.rinses).toEqual(rinses);
  });

  it('a record without a result or without a number does not count', () => {
    const play = loggedIn();
    play.receives({ ...recordAt(second(1)), isok: null }).answers('rinsingrecord_r');
    expect(stateOf(play).rinses).toEqual([]);
  });
});
