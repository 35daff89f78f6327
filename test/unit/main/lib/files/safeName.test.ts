import { expect, it } from 'vitest';
import { safeName } from '../../../../../src/main/lib/files/safeName';

it.each([
  ['day.pcapng', 'day.pcapng'],
  ['大堂 2026-11-24.jsonl.gz', '大堂 2026-11-24.jsonl.gz'],
  ['../../etc/passwd', 'passwd'],
  ['C:\\Windows\\system32\\x.dll', 'x.dll'],
  ['..', 'file'],
  ['', 'file'],
  ['a/', 'file'],
  ['. hidden .', 'hidden'],
  ['CON', 'CON_'],
  ['nul.tar.gz', 'nul_.tar.gz'],
  ['com1.pcap', 'com1_.pcap'],
  ['constant.pcap', 'constant.pcap'],
  ['a<b>:"|?*.pcap', 'a_b______.pcap'],
  ['a\u0000b', 'a⟨U+0000⟩b'],
  ['a\u202Efdp.exe', 'a⟨U+202E⟩fdp.exe'],
])('%j becomes %j', (given, safe) => {
  expect(safeName(given)).toBe(safe);
  expect(safeName(safe)).toBe(safe);
});

it('shortens a long name, keeps its ending, and cuts no character in half', () => {
  expect(safeName(`${'a'.repeat(300)}.jsonl.gz`)).toBe(`${'a'.repeat(141)}.jsonl.gz`);
  const emoji = safeName(`x${'😀'.repeat(150)}.pcap`);
  expect(emoji.length).toBeLessThanOrEqual(150);
  expect(emoji).toMatch(/^x(?:😀)+\.pcap$/u);
});
