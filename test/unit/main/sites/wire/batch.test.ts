import { describe, expect, it } from 'vitest';
import { unknownPeer, type StoredEntry } from '#shared/model/frame';
import { packEntries, unpacked } from '../../../../../src/main/journal/api';
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
const received = (sent: Uint8Array): { readonly after: number; readonly stored: readonly StoredEntry[] } => {
  const { after, entries, read } = decodeBatch(sent);
  return { after, stored: [...unpacked(entries, read)] };
};

describe('a batch from another computer', () => {
  it('has the entries as they were sent', () => {
    expect(received(sentAs(closed()))).toEqual({ after: 4, stored: [closed()] });
  });

  it.each([
    [{ kind: 'closed', reason: 'boredom' }, { reason: 'unreadable' }],
    [{ kind: 'opened', peer: { remoteAddress: 7 } }, { peer: unknownPeer }],
    [{ kind: 'finding', finding: { code: 'none' } }, { finding: { code: 'record.damaged' } }],
    [{ kind: 'junk', bytes: new Uint8Array([7]), findings: [7] }, { findings: [{ code: 'record.damaged' }] }],
  ])('an odd detail of %j costs that detail, and the journal has the same', (odd, instead) => {
    const sent = sentAs(closed(odd as unknown as Partial<StoredEntry>));
    expect(received(sent).stored).toEqual([expect.objectContaining(instead)]);
    expect([...unpacked(decodeBatch(sent).entries)]).toEqual(received(sent).stored);
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
