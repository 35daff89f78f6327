import { describe, expect, it } from 'vitest';
import { everyFrame } from '#shared/filter/frames';
import { complete } from '#shared/filter/language/complete';
import { parseFilter } from '#shared/filter/language/parse';
import {
  memberNames,
  settled,
  spanOfFilter,
  wholeText,
  withoutSpan,
  withSpan,
} from '../../../../../../src/renderer/src/features/inspector/filter/filters';

const nothing = { commands: [], machines: [], members: [], saved: [] };
const at = (hours: number, minutes: number): number => new Date(2026, 10, 24, hours, minutes).getTime();

describe('typed text', () => {
  it('is applied when it is valid, without outer blanks', () => {
    const next = settled({ filter: everyFrame, typed: ' cmd:error ' });
    expect(next).toEqual({ filter: { ...everyFrame, text: 'cmd:error' }, typed: ' cmd:error ' });
  });

  it('stays while it is invalid, and so does the last valid filter', () => {
    const now = { filter: { ...everyFrame, text: 'cmd:error' }, typed: 'cmd:error siz>2' };
    expect(settled(now)).toBe(now);
  });
});

describe('members offered for completion', () => {
  it('can all be used as offered', () => {
    for (const name of memberNames) {
      const { items } = complete(`body.${name}`, 5 + name.length, { ...nothing, members: memberNames });
      const insert = items.find(({ label }) => label === name)?.insert ?? '';
      expect(parseFilter(`${insert}1`, { now: 0 }), name).toMatchObject({
        ok: true,
        filter: { field: 'body', path: [name] },
      });
    }
  });
});

describe('the whole filter as one text', () => {
  it('contains the choices beside the box, but not the place itself', () => {
    const filter = { vmcNo: 33232, dir: 'in', cmd: 'error', text: 'a OR b' } as const;
    expect(wholeText(filter, null)).toBe('vmc:33232 dir:in cmd:error (a OR b)');
    expect(wholeText(filter, 33232)).toBe('dir:in cmd:error (a OR b)');
    expect(wholeText({ ...everyFrame, text: 'a  b' }, null)).toBe('a  b');
    expect(wholeText(everyFrame, null)).toBe('');
  });
});

describe('a span of time', () => {
  it('replaces earlier time terms and keeps the rest as typed', () => {
    const text = withSpan('cmd:error  time>=-2h -size>20', at(10, 0), at(11, 0) - 1);
    expect(text).toMatch(/^cmd:error -size>20 time:/);
    expect(withSpan(text, at(12, 0), at(13, 0))).toMatch(/^cmd:error -size>20 time:\S+ 12:00/);
    expect(parseFilter(text, { now: at(12, 0) })).toMatchObject({ ok: true });
  });

  it('applies to the whole of an OR', () => {
    expect(withSpan('a OR b', at(10, 0), at(11, 0))).toMatch(/^\(a OR b\) time:/);
  });

  it('is added to an invalid text', () => {
    expect(withSpan('(a', at(10, 0), at(11, 0))).toMatch(/^\(a time:/);
  });
});

describe('the time span of a filter', () => {
  const now = new Date(2026, 10, 24, 12, 30).getTime();
  it.each([
    ['', null],
    ['cmd:hb', null],
    ['time>=-2h', null],
    ['-time:10:00..11:00', null],
    ['time:10:00..11:00 cmd:hb', { from: at(10, 0), to: at(11, 1) - 1 }],
    ['time<11:00 time>=10:30', { from: at(10, 30), to: at(11, 0) }],
    ['time<=-1h', { from: null, to: at(11, 30) }],
    ['time:10:00 OR time:09:00', { from: at(9, 0), to: at(10, 1) - 1 }],
    ['time:10:00 OR cmd:hb', null],
    ['time:', null],
  ])('of %j', (text, span) => {
    expect(spanOfFilter(text, now)).toEqual(span);
  });

  it('is removed from the text', () => {
    expect(withoutSpan('cmd:hb time:10:00..11:00 -time:10:30 x')).toBe('cmd:hb x');
    expect(withoutSpan('time:10:00')).toBe('');
    expect(withoutSpan('time:10:00 OR x')).toBe('time:10:00 OR x');
    expect(withoutSpan('time:')).toBe('time:');
  });
});
