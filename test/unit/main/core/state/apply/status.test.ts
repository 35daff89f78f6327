import { describe, expect, it } from 'vitest';
import type { JsonObject } from '#shared/model/frame';
import { error } from '#shared/messages/error';
import { machinestatus } from '#shared/messages/machinestatus';
import { productdone } from '#shared/messages/productdone';
import { like, loggedIn, stateOf, vmc_no } from '../../../../../builders/loggedIn';

describe('machinestatus', () => {
  const status = (word: string): JsonObject => ({ cmd: 'machinestatus', vmc_no, status: word });

  it('clearerror ends all errors and the blocked cup', () => {
    loggedIn()
      .receives(like(error))
      .answers('error_r')
      .receives(status('cupblock'))
      .receives(status('clearerror'))
      .after(4_001)
      .receives(status('doorclose'))
      .shows(vmc_no, { errors: [], cupBlocked: null });
  });

  it('cupblock stays until a drink succeeds', () => {
    const play = loggedIn()
      .receives(status('cupblock'))
      .receives(like(productdone, { isok: false }))
      .answers('productdone_r');
    expect(stateOf(play).cupBlocked?.value).toBe(true);
    play
      .receives(like(productdone, { order_no: 'p' }))
      .answers('productdone_r')
      .shows(vmc_no, { cupBlocked: null });
  });

  it('the door has its frame as evidence, and repetitions do not make it newer', () => {
    const play = loggedIn().receives(status('dooropen'));
    const first = play.world.entries.at(-1);
    play.after(60_000).receives(status('dooropen'));
    const { at, id: entry } = play.world.entries.at(-1) ?? {};
    expect(stateOf(play).door).toEqual({
      value: 'open',
      at: first?.at,
      entry: first?.id,
      again: { at, entry },
    });
    play.receives(status('doorclose'));
    expect(stateOf(play).door?.value).toBe('closed');
  });

  it('a lock and supplies are kept as reported', () => {
    const play = loggedIn().receives(like(machinestatus, { islock: 1 }));
    expect(stateOf(play).locked?.value).toBe(true);
    expect(stateOf(play).supplies['10009']?.value).toBe('420');
  });

  it('names that every object has are names of materials like others, also when reported again', () => {
    const supplied = (proto: string, other: string) =>
      `{"cmd":"machinestatus","vmc_no":33232,"status":"supply","supply":{"__proto__":"${proto}","1":"${other}"}}`;
    const play = loggedIn().receives(supplied('5', '7'));
    expect(Object.keys(stateOf(play).supplies).toSorted()).toEqual(['1', '__proto__']);
    const before = stateOf(play).supplies;
    play.after(1_000).receives(supplied('4', '6'));
    const now = new Map(Object.entries(stateOf(play).supplies).map(([name, { value }]) => [name, value]));
    expect([now.size, now.get('1'), now.get('__proto__')]).toEqual([2, '6', '4']);
    expect(Object.entries(before).map(([, { value }]) => value)).toEqual(['7', '5']);
  });
});

describe('statusquery_r', () => {
  // Some machines answer with the name of the question.
  it.each(['statusquery_r', 'statusquery'])('%s tells what a machinestatus tells', (cmd) => {
    const play = loggedIn()
      .tells({ cmd: 'statusquery', vmc_no })
      .receives({ cmd, vmc_no, status: 'DoorOpen ' });
    expect(stateOf(play).door?.value).toBe('open');
  });
});

describe('querysupplies_r', () => {
  // Some machines answer with the name of the question.
  it.each(['querysupplies_r', 'querysupplies'])('%s tells what a machinestatus tells', (cmd) => {
    const play = loggedIn()
      .tells({ cmd: 'querysupplies', vmc_no })
      .receives({ cmd, vmc_no, supply: { '10009': 7 } });
    expect(stateOf(play).supplies['10009']?.value).toBe('7');
  });
});
