import { expect, it } from 'vitest';
import { products } from '#shared/messages/products';
import { like, loggedIn, stateOf, vmc_no } from '../../../../../builders/loggedIn';

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
