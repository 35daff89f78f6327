import { expect, it } from 'vitest';
import { loggedIn, stateOf, vmc_no } from '../../../../../builders/loggedIn';

it('of its operations the drink order is kept, without a number: the machine makes its own', () => {
  const remote = { cmd: 'remote', vmc_no, session_id: '9', product_id: 810, paydone: true };
  const play = loggedIn().tells({ ...remote, operation: 'opendoor' });
  expect(stateOf(play).brews).toEqual([]);
  play.tells({ ...remote, operation: 'products' });
  expect(stateOf(play).brews).toMatchObject([{ productId: 810, orderNo: null, by: 'crema' }]);
});
