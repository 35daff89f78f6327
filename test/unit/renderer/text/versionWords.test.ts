import { expect, it } from 'vitest';
import { programWords } from '../../../../src/renderer/src/text/versionWords';
import { row } from '../../../builders/rows';
import { wordsOf } from '../../../builders/wordsOf';
import type { VersionDoubt } from '#shared/model/knownVersions';

const at = new Date(2026, 0, 5, 14, 2, 11).getTime();
const doubt = (why: VersionDoubt['why']): VersionDoubt => ({ field: 'version', why, at, entry: null });

it('shows the version, or since when it is unknown: today without the date', () => {
  const words = wordsOf('en');
  const nextDay = at + 24 * 3_600_000;
  const time = '14:02';
  expect(programWords(words, row(1, { version: ' 1.0 ' }), at)).toBe('1.0');
  expect(programWords(words, row(1, { version: '1.0', doubts: [doubt('fetched')] }), at)).toBe(
    `was 1.0; package downloaded ${time}, not restarted since`,
  );
  expect(programWords(words, row(1, { version: '1.0', doubts: [doubt('fetched')] }), nextDay)).toBe(
    `was 1.0; package downloaded ${words.dateTime(at)}, not restarted since`,
  );
  expect(programWords(words, row(1, { version: null, doubts: [doubt('sent')] }), at)).toBe(
    `upgrade sent ${time}, not restarted since`,
  );
  expect(programWords(wordsOf('zh-CN'), row(1, { version: '1.0', doubts: [doubt('sent')] }), at)).toBe(
    '原为 1.0；14:02 下发升级后还没有重启',
  );
  expect(programWords(words, row(1, { version: null }), at)).toBe('');
});
