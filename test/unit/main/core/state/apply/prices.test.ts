import { describe, expect, it } from 'vitest';
import { discount } from '#shared/messages/discount';
import type { JsonValue } from '#shared/model/json';
import { readMachine } from '#shared/model/stored/machine';
import { loggedIn, stateOf } from '../../../../../builders/loggedIn';

describe('discount', () => {
  it('restarts the machine, and is remembered as sent', () => {
    const play = loggedIn().tells(discount.example);
    expect(stateOf(play)).toMatchObject({ restart: { value: 'discount' }, discount: { value: 80 } });
  });
});

describe('priceset', () => {
  const prices = (price: readonly JsonValue[]) => ({ cmd: 'priceset', vmc_no: 33_232, price });

  it('remembers sent prices, for the check of amounts', () => {
    const play = loggedIn()
      .tells(prices([[101, 1200, 0], ['102', '800', 1], [101, 1300, 0], 'x', [], [null, 3]]))
      .tells({ cmd: 'discount', vmc_no: 33_232, discount: 80 })
      // No price follows from it.
      .tells({ cmd: 'discount', vmc_no: 33_232, discount: 0 })
      .tells(prices([]));
    const [list, percent] = play.world.entries.slice(-4);
    const { now } = play.world;
    expect(stateOf(play).repricings).toEqual([
      { at: now, entry: list?.id, percent: null, prices: { '101': 1300, '102': 800 }, seen: null },
      { at: now, entry: percent?.id, percent: 80, prices: {}, seen: null },
    ]);
    expect(readMachine(JSON.stringify(stateOf(play)))?.repricings).toEqual(stateOf(play).repricings);
  });

  it('up to a limit', () => {
    const play = loggedIn();
    const many = Array.from({ length: 45 }, (_, n) => [200 + n, 1000, 0]);
    for (let n = 1; n <= 60; n += 1)
      play.tells(prices(many)).tells({ cmd: 'discount', vmc_no: 33_232, discount: n });
    const { repricings } = stateOf(play);
    expect(repricings.flatMap(({ percent }) => percent ?? [])).toEqual([
      51, 52, 53, 54, 55, 56, 57, 58, 59, 60,
    ]);
    expect(repricings.filter(({ percent }) => percent === null)).toHaveLength(22);
  });
});
