import { expect, it } from 'vitest';
import { productdone } from '#shared/messages/productdone';
import { upordrecipe } from '#shared/messages/upordrecipe';
import { like, loggedIn, stateOf } from '../../../../../builders/loggedIn';

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
