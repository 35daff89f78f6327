import { expect, it } from 'vitest';
import { pay_done } from '#shared/messages/pay_done';
import { loggedIn, stateOf, vmc_no } from '../../../../builders/loggedIn';

const pays = (order_no: string): typeof pay_done.example => ({ ...pay_done.example, order_no });

it('the machine has heard of the payment it names', () => {
  const play = loggedIn().tells(pays('o1')).tells(pays('o2'));
  play.receives({ cmd: 'paydone_r', vmc_no, order_no: 'o1' });
  expect(stateOf(play).orders.map(({ acknowledged }) => acknowledged !== null)).toEqual([true, false]);
});

it('without a number it means the payment told last; the first time counts', () => {
  const play = loggedIn().tells(pays('o1')).tells(pays('o2')).receives({ cmd: 'pay_done_r', vmc_no });
  const first = play.world.entries.at(-1)?.id;
  play.receives({ cmd: 'paydone_r', vmc_no });
  expect(stateOf(play).orders.map(({ acknowledged }) => acknowledged?.entry)).toEqual([undefined, first]);
});
