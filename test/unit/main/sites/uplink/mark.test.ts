import { describe, expect, it } from 'vitest';
import { packEntries } from '../../../../../src/main/journal/api';
import { isOther, markOf } from '../../../../../src/main/sites/uplink/mark';
import type { StoredEntry } from '#shared/model/frame';

const junk = (id: number, more: Partial<StoredEntry> = {}): StoredEntry =>
  ({
    kind: 'junk',
    id,
    at: 5,
    conn: 1,
    vmcNo: null,
    bytes: Buffer.from('abc'),
    findings: [],
    ...more,
  }) as StoredEntry;
const key = 'ab'.repeat(32);
const mark = (...entries: StoredEntry[]): string => markOf(key, packEntries(entries));

describe('a mark', () => {
  it('is that of the last entry, however it was read', () => {
    expect(mark(junk(1, { bytes: Buffer.from('xyz') }), junk(2))).toBe(mark(junk(2)));
    expect(mark()).toBe('');
  });

  it('differs with the time, the connection and the bytes, but not with the machine', () => {
    const own = mark(junk(2));
    for (const more of [{ at: 6 }, { conn: 2 }, { bytes: Buffer.from('abd') }])
      expect(isOther(mark(junk(2, more as Partial<StoredEntry>)), own)).toBe(true);
    expect(isOther(mark(junk(2, { vmcNo: 7 })), own)).toBe(false);
  });

  it('says nothing about an entry without a mark, or with that of another key', () => {
    const own = mark(junk(2));
    expect(isOther('', own)).toBe(false);
    expect(isOther(own, markOf('cd'.repeat(32), packEntries([junk(3)])))).toBe(false);
  });
});
