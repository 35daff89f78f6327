import { describe, expect, it } from 'vitest';
import {
  asOfWords,
  heardWords,
  journalFacts,
  olderWords,
  siteShape,
  siteStateWords,
  troubleWords,
} from '../../../../src/renderer/src/text/siteWords';
import { awayAfter } from '#shared/model/sites';
import { site, siteJournal } from '../../../builders/siteRows';
import { wordsOf } from '../../../builders/wordsOf';

const en = wordsOf('en');
const zh = wordsOf('zh-CN');
const at = new Date(2026, 11, 2, 14, 2, 5).getTime();
const later = at + 78 * 60_000;

describe('the state of a site', () => {
  const said = (over: Parameters<typeof site>[1], progress: Parameters<typeof site>[2], words = en): string =>
    siteStateWords(words, site('a', over, progress), later);

  it('up to date has the time of the newest entry', () => {
    const until = later - 60_000;
    expect(said({}, { status: 'upToDate', until })).toBe('Up to date, newest entry 15:19');
    expect(said({}, { status: 'upToDate', until }, zh)).toBe('已是最新，最新记录 15:19');
    expect(said({ role: 'send' }, { status: 'upToDate', until: at })).toBe('Up to date, newest entry 14:02');
  });

  // The broker answers, and the site’s own computer may be off.
  it('read to the end is not called up to date when the site sends nothing', () => {
    expect(said({}, { status: 'upToDate', until: at })).toBe('No data since 14:02 (1 h 18 min).');
    expect(said({}, { status: 'upToDate' })).toBe('No data yet.');
    expect(siteShape(site('a', {}, { status: 'upToDate', until: at }), later)).toBe('warning');
    // The site’s clock is ahead, so the time of its last message counts.
    const ahead = { status: 'upToDate', until: later + 3_600_000 } as const;
    expect(siteShape(site('a', {}, { ...ahead, heardAt: later - 1_000 }), later)).toBe('online');
    expect(siteShape(site('a', {}, { ...ahead, heardAt: at }), later)).toBe('warning');
  });

  it('has the journals that are not read', () => {
    const progress = { status: 'upToDate', until: later - 60_000, leftOut: 1_000 } as const;
    expect(said({}, progress)).toMatch(/15:19. At least 1,000 journals are not read/);
    expect(said({}, progress, zh)).toContain('至少有1,000份未读取');
  });

  it('sending has the entries behind, and how old the newest sent one is', () => {
    const progress = { status: 'moving', behind: 12_345, until: at } as const;
    expect(said({ role: 'send' }, progress)).toBe(
      'Sending: 12,345 entries behind, newest sent 14:02 (1 h 18 min)',
    );
    expect(said({ role: 'read' }, progress)).toMatch(/^Reading: 12,345 messages behind, newest read/);
    expect(said({ role: 'send' }, progress, zh)).toContain('落后12,345条');
  });

  it('waiting has the reason, what to do, and the broker’s own words', () => {
    const trouble = { code: 'noStream', detail: 'stream not found' } as const;
    expect(said({}, { status: 'waiting', trouble })).toBe(
      'Waiting: The account has no stream named UP. Ask the administrator of the broker to create it. The message was: stream not found',
    );
    expect(troubleWords(en, { code: 'closed', detail: '' })).not.toContain('The message was');
    expect(
      said({ role: 'send' }, { status: 'waiting', behind: 1_234, trouble: { code: 'closed', detail: '' } }),
    ).toMatch(/^Waiting, 1,234 entries behind: /);
  });

  it('has the last acknowledgement of sent records, and the last message of read ones', () => {
    const words = (role: 'send' | 'read', heardAt: number | null): string =>
      heardWords(en, site('a', { role }, { heardAt }), later);
    expect(words('send', at)).toBe('Last acknowledged 14:02:05');
    expect(words('send', null)).toBe('Nothing acknowledged since Crema started');
    expect(words('read', at)).toBe('Last message 14:02:05');
    expect(words('read', null)).toBe('');
  });
});

describe('the data of a site', () => {
  it('is as of its newest entry, and from a while on there is none since', () => {
    expect(asOfWords(en, { to: at, heardAt: null }, at + awayAfter - 1)).toBe('As of 14:02:05.');
    expect(asOfWords(en, { to: at, heardAt: null }, later)).toBe('No data since 14:02 (1 h 18 min).');
    expect(asOfWords(zh, { to: at, heardAt: null }, later)).toMatch(/^14:02 之后没有数据/);
    expect(asOfWords(en, { to: null, heardAt: null }, later)).toBe('No data yet.');
  });

  it('on another day has the date', () => {
    expect(asOfWords(en, { to: at, heardAt: null }, at + 2 * 86_400_000)).toContain('2026');
  });

  it('is summed up in the menu', () => {
    const one = site('a', {}, { status: 'upToDate', until: later });
    expect(journalFacts(en, one, siteJournal(1, 'a', { machines: 12, to: at }), later)).toBe(
      'up to date · 12 machines · as of 14:02:05',
    );
    expect(journalFacts(en, one, null, later)).toBe('up to date · nothing read yet');
    expect(olderWords(en, { from: null, to: null })).toBe('Earlier records, empty');
    expect(olderWords(en, { from: at, to: later })).toMatch(/^Earlier records .* to /);
  });
});
