import { beforeEach, describe, expect, it } from 'vitest';
import { useCrema } from '../../../../src/renderer/src/store';
import {
  isOfAllSites,
  isSite,
  readSites,
  siteJournals,
  tabsOf,
} from '../../../../src/renderer/src/store/sites';
import { capture } from '../../../builders/rowsOfCaptures';
import { site, siteJournal } from '../../../builders/siteRows';

const file = capture(1, { site: null });
const bern = siteJournal(2, 'bern', { to: 300 });
const older = siteJournal(3, 'bern', { to: 200, site: { site: 'bern', isNewest: false, commands: 0 } });
const oldest = siteJournal(4, 'bern', { to: 100, site: { site: 'bern', isNewest: false, commands: 0 } });
const sites = {
  problem: null,
  asks: [],
  sites: [site('zug'), site('support', { role: 'send' }), site('bern')],
};
const captures = [file, oldest, bern, older];

beforeEach(() => useCrema.setState(useCrema.getInitialState(), true));

describe('the sites of this computer', () => {
  it('that are read are listed by name, and the one it sends to is not', () => {
    expect(readSites({ sites }).map(({ id }) => id)).toEqual(['bern', 'zug']);
  });

  it('have their journals, the newest first; a site without any has none', () => {
    const [first, second] = siteJournals({ sites, captures });
    expect(first?.newest?.id).toBe(2);
    expect(first?.older.map(({ id }) => id)).toEqual([3, 4]);
    expect(second).toMatchObject({ newest: null, older: [] });
  });

  it('are no tabs by themselves: files are, and sites that were opened or are shown', () => {
    const ids = (openSites: readonly number[], source: number | null): readonly number[] =>
      tabsOf({ captures, openSites, source }).map(({ id }) => id);
    expect(ids([], null)).toEqual([1]);
    expect(ids([2], null)).toEqual([1, 2]);
    expect(ids([], 3)).toEqual([1, 3]);
  });

  it('are distinguished from files while one is shown', () => {
    expect(isSite({ captures, source: 2 })).toBe(true);
    expect(isSite({ captures, source: 1 })).toBe(false);
    expect(isSite({ captures, source: null })).toBe(false);
  });
});

describe('all sites together', () => {
  it('have the screens of records, and neither one machine nor the screens of this computer', () => {
    expect(isOfAllSites({ screen: 'errors' })).toBe(true);
    expect(isOfAllSites({ screen: 'machines', vmcNo: null, tab: 'overview' })).toBe(true);
    expect(isOfAllSites({ screen: 'machines', vmcNo: 1, tab: 'overview' })).toBe(false);
    expect(isOfAllSites({ screen: 'settings' })).toBe(false);
  });
});
