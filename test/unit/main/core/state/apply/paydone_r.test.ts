import { expect, it } from 'vitest';
import { pay_done } from '#shared/messages/pay_done';
import { readMachine } from '#shared/model/stored/machine';
import { loggedIn, stateOf, vmc_no } from '../../../../../builders/loggedIn';

const pays = (order_no: string): typeof pay_done.example => ({
  ...pay_done.example,
  order_no,
  paydone: true,
});

it('the machine has received the payment it names', () => {
  const play = loggedIn().tells(pays('o1')).tells(pays('o2'));
  play.receives({ cmd: 'paydone_r', vmc_no, order_no: 'o1' });
  expect(stateOf(play).orders.map(({ acknowledged }) => acknowledged !== null)).toEqual([true, false]);
});

it('without a number it may mean any payment: none counts as acknowledged', () => {
  const play = loggedIn().tells(pays('o1')).tells(pays('o2')).receives({ cmd: 'pay_done_r', vmc_no });
  expect(stateOf(play).orders.map(({ acknowledged }) => acknowledged)).toEqual([null, null]);
});

it.each(['0', false])('nor has it accepted a result that it refuses: %s', (status) => {
  const play = loggedIn().tells(pays('o1')).receives({ cmd: 'paydone_r', vmc_no, order_no: 'o1', status });
  const { id: entry, at } = play.world.entries.at(-1) ?? {};
  expect(stateOf(play).orders).toMatchObject([
    { acknowledged: null, told: [{ answer: 'failed', answered: { value: true, at, entry } }] },
  ]);
});

it('the first time counts', () => {
  const play = loggedIn().tells(pays('o1')).receives({ cmd: 'paydone_r', vmc_no, order_no: 'o1' });
  const first = play.world.entries.at(-1)?.id;
  play.receives({ cmd: 'paydone_r', vmc_no, order_no: 'o1' });
  expect(stateOf(play).orders.map(({ acknowledged }) => acknowledged?.entry)).toEqual([first]);
});

it('of two results sent, one answer may not belong to the last', () => {
  const answer = { cmd: 'paydone_r', vmc_no, order_no: 'o1', status: 1 };
  const play = loggedIn().tells(pays('o1')).tells(pays('o1')).receives(answer);
  const [first, second] = play.world.entries.filter(
    (entry) => entry.kind === 'frame' && entry.message.body.cmd === 'pay_done',
  );
  expect(stateOf(play).orders).toMatchObject([
    {
      acknowledged: null,
      told: [
        { entry: first?.id, answer: 'done' },
        { entry: second?.id, answer: null },
      ],
    },
  ]);
  play.receives(answer);
  expect(stateOf(play).orders).toMatchObject([
    { acknowledged: { value: true }, told: [{ answer: 'done' }, { answer: 'done' }] },
  ]);
  // Ten are remembered, even if there were more.
  for (let n = 0; n < 30; n += 1) play.tells(pays('o1'));
  expect(stateOf(play).orders[0]?.told).toHaveLength(10);
  expect(readMachine(JSON.stringify(stateOf(play)))?.orders).toEqual(stateOf(play).orders);
});
