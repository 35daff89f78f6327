import { describe, expect, it } from 'vitest';
import {
  allMachines,
  foundMachines,
  siteMachines,
  sortAfter,
  type AllSort,
  type AllWish,
} from '../../../../src/renderer/src/store/allSites';
import { row } from '../../../builders/rows';

const now = 1_000_000_000;
const day = 86_400_000;
const fatal = { code: 'ERROR:5300', severity: 'fatal', selling: 'no', since: 0, unconfirmed: false } as const;
// The data of Bern ends a day ago.
const then = now - day;
const all = allMachines([
  siteMachines({ capture: null, site: 'This computer', now, isAway: false }, [
    row(1, { lastHeard: now, name: 'Lobby' }),
  ]),
  siteMachines({ capture: 7, site: 'Bern', now: then, isAway: true }, [
    row(1, { lastHeard: then, name: 'Station' }),
    row(2, { lastHeard: then, worst: fatal, errorCount: 2 }),
  ]),
  siteMachines({ capture: 8, site: 'Basel', now, isAway: false }, [row(3, { lastHeard: now })]),
]);
const found = (wish: Partial<AllWish> = {}): readonly string[] =>
  foundMachines(all, { only: 'everyone', query: '', sort: null, now, ...wish }).map(
    (key) => `${all.places.get(key)?.site} ${all.rows.get(key)?.vmcNo}`,
  );

describe('the machines of all sites', () => {
  it('are one line each, worst first, also with equal numbers', () => {
    // An unknown machine comes before those that are fine.
    expect(found()).toEqual(['Bern 2', 'Bern 1', 'This computer 1', 'Basel 3']);
  });

  it('are unknown if their site is away, and keep its last known problems', () => {
    const states = [...all.rows].map(([key, { vmcNo }]) => [
      all.places.get(key)?.site,
      vmcNo,
      all.list.statuses.get(key),
    ]);
    // Nothing is known of it since yesterday, so it is not shown as fine.
    expect(states).toContainEqual(['Bern', 1, 'unknown']);
    expect(states).toContainEqual(['Basel', 3, 'online']);
  });

  it('are found by number, name and site', () => {
    expect(found({ query: 'bern' })).toEqual(['Bern 2', 'Bern 1']);
    expect(found({ query: 'BERN station' })).toEqual(['Bern 1']);
    expect(found({ query: 'lob' })).toEqual(['This computer 1']);
    expect(found({ query: 'nowhere' })).toEqual([]);
  });

  it('are found by the filter language of the machine list', () => {
    expect(found({ query: 'state:trouble' })).toEqual(['Bern 2']);
  });

  it('can be limited to trouble and to active errors', () => {
    expect(found({ only: 'trouble' })).toEqual(['Bern 2']);
    expect(found({ only: 'withErrors' })).toEqual(['Bern 2']);
    expect(found({ only: 'withErrors', query: 'number:1' })).toEqual([]);
  });

  it('are sorted by site and by the columns of the machine list', () => {
    expect(found({ sort: { by: 'site', down: false } })[0]).toBe('Basel 3');
    expect(found({ sort: { by: 'site', down: true } })[0]).toBe('This computer 1');
    expect(found({ sort: { by: 'number', down: true } })[0]).toBe('Basel 3');
    expect(found({ sort: { by: 'status', down: true } }).at(-1)).toBe('Bern 2');
  });

  it('are worst first again after the third press of a heading', () => {
    for (const by of ['site', 'heard'] as const) {
      const first = sortAfter(null, by);
      const second: AllSort = sortAfter(first, by);
      expect(first?.down).toBe(by === 'heard');
      expect(second?.down).toBe(by !== 'heard');
      expect(sortAfter(second, by)).toBeNull();
    }
  });
});
