import { expect, it } from 'vitest';
import { productdone } from '#shared/messages/productdone';
import { like, loggedIn, stateOf, vmc_no } from '../../../../builders/loggedIn';

const done = like(productdone, { order_no: 'o-1' });

it('however often it comes, an order is one', () => {
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

it('a drink that failed says so', () => {
  const play = loggedIn()
    .receives({ ...done, isok: false, failreason: 'no cups' })
    .answers('productdone_r');
  expect(stateOf(play).orders[0]).toMatchObject({ state: 'failed', failReason: 'no cups' });
});

it('without a number and a time every message is its own order, and without `isok` nothing is claimed', () => {
  const { order_no: _, isok: __, timestamp: ___, ...bare } = done;
  const answer = { cmd: 'productdone_r', vmc_no, order_no: '', isOk: true };
  const play = loggedIn()
    .receives(bare)
    .finds('field.missing', 'field.missing')
    .answers(answer)
    .receives(bare)
    .finds('field.missing', 'field.missing')
    .answers(answer);
  const { orders, lastDrink } = stateOf(play);
  expect(orders).toMatchObject([
    { state: 'requested', done: null },
    { state: 'requested', done: null },
  ]);
  expect(lastDrink).toBeNull();
});
