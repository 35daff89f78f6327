import { describe, expect, it } from 'vitest';
import type { StoredEntry } from '#shared/model/frame';
import { packEntries } from '../../../../../src/main/journal/api';
import { BadBatch, decodeBatch, encodeBatch } from '../../../../../src/main/sites/wire/batch';

const closed = (over: Partial<StoredEntry> = {}): StoredEntry =>
  ({
    kind: 'closed',
    id: 5,
    at: 1_700_000_000_000,
    conn: 1,
    vmcNo: 33_232,
    reason: 'silence',
    ...over,
  }) as StoredEntry;
const sentAs = (entry: StoredEntry): Uint8Array => encodeBatch({ after: 4, entries: packEntries([entry]) });

describe('a batch from another computer', () => {
  it('has the entries as they were sent', () => {
    expect(decodeBatch(sentAs(closed()))).toMatchObject({ after: 4, stored: [closed()] });
  });

  it.each([
    ['a time with a fraction', { at: 1.5 }],
    ['a time that no date has', { at: 2 ** 60 }],
    ['a machine number with a fraction', { vmcNo: 0.5 }],
    ['a machine number without an end', { vmcNo: Infinity }],
    ['a number that is not above the entry before', { id: 4 }],
  ] as const)('with %s is refused, so that it cannot stop a site', (_what, over) => {
    expect(() => decodeBatch(sentAs(closed(over)))).toThrow(BadBatch);
  });

  it.each([
    ['cut', (sent: Uint8Array) => sent.subarray(0, -5)],
    ['of another version', other],
  ] as const)('that is %s is refused', (_what, change) => {
    expect(() => decodeBatch(change(sentAs(closed())))).toThrow(BadBatch);
  });
});

function other(sent: Uint8Array): Uint8Array {
  const changed = Uint8Array.from(sent);
  changed[4] = 9;
  return changed;
}
