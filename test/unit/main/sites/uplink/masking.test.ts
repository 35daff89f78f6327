import { describe, expect, it } from 'vitest';
import { packEntries, unpacked } from '../../../../../src/main/journal/api';
import { SiteMasking } from '../../../../../src/main/sites/uplink/masking';
import type { StoredEntry } from '#shared/model/frame';

const frame = (id: number, text: string): StoredEntry => ({
  kind: 'frame',
  id,
  at: 1,
  conn: 1,
  vmcNo: 1,
  dir: 'in',
  head: 'decimal',
  sequence: null,
  cmd: null,
  bodyStart: 0,
  bytes: Buffer.from(text),
  findings: [],
});
const textOf = (entries: ReturnType<typeof packEntries>): string =>
  [...unpacked(entries)].map((one) => ('bytes' in one ? Buffer.from(one.bytes).toString() : '')).join();

const maskKey = 'ab'.repeat(32);
const codes = ['84736251'];
/** Masking keeps this text, but not a known private text in it. */
const quote = (text: string): string => `{"cmd":"x","note":"about ${text}"}`;

describe('the masking of a site', () => {
  it('keeps what it learnt when the site changes', () => {
    const masking = new SiteMasking();
    const first = masking.maskOf({ maskKey, codes });
    expect(textOf(first(packEntries([frame(1, quote(codes[0] ?? ''))])))).not.toContain(codes[0]);
    const second = masking.maskOf({ maskKey, codes: [] });
    expect(textOf(second(packEntries([frame(2, quote(codes[0] ?? ''))])))).not.toContain(codes[0]);
  });
});
