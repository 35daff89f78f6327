import { describe, expect, it } from 'vitest';
import type { MachineRow } from '#shared/model/machine';
import { lastHeardInterval, MachinesFeed } from '../../../../src/main/server/machinesFeed';
import { row } from '../../../builders/rows';

describe('news of machines', () => {
  const rows = new Map<number, MachineRow>();
  const rowOf = (vmcNo: number): MachineRow | null => rows.get(vmcNo) ?? null;
  const say = (news: MachinesFeed, vmcNo: number, over: Partial<MachineRow> = {}): void => {
    rows.set(vmcNo, row(vmcNo, over));
    news.changed(vmcNo);
  };
  const told = (news: MachinesFeed, now: number): readonly number[] =>
    news.take(now, rowOf).map(({ vmcNo }) => vmcNo);

  it('say at once what is different', () => {
    const news = new MachinesFeed();
    say(news, 1);
    expect(news.has(1)).toBe(true);
    expect(told(news, 0)).toEqual([1]);
    expect(news.has(1)).toBe(false);
    say(news, 1, { doorOpen: true, lastHeard: 50 });
    expect(told(news, 50)).toEqual([1]);
  });

  it('say once a second that a machine was heard, with the latest moment, and never forget to', () => {
    const news = new MachinesFeed();
    say(news, 1);
    told(news, 0);
    for (let now = 100; now < lastHeardInterval; now += 100) {
      say(news, 1, { lastHeard: now });
      expect(told(news, now)).toEqual([]);
      expect(news.isWaiting).toBe(true);
    }
    // Nothing came since, and its turn has come.
    expect(news.take(lastHeardInterval, rowOf)).toEqual([row(1, { lastHeard: lastHeardInterval - 100 })]);
    expect(news.isWaiting).toBe(false);
    expect(told(news, 5 * lastHeardInterval)).toEqual([]);
  });

  it('are of each machine once, and of none that was taken off the list', () => {
    const news = new MachinesFeed();
    say(news, 1);
    say(news, 1);
    say(news, 2);
    expect(told(news, 0)).toEqual([1, 2]);
    say(news, 1, { lastHeard: 1 });
    told(news, 1);
    news.forget(1);
    expect(news.isWaiting).toBe(false);
    say(news, 1);
    expect(told(news, 2)).toEqual([1]);
    news.changed(3);
    expect(told(news, 3)).toEqual([]);
  });
});
