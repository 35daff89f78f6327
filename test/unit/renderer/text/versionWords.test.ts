import { expect, it } from 'vitest';
import { programWords } from '../../../../src/renderer/src/text/versionWords';
import { row } from '../../../builders/rows';
import { wordsOf } from '../../../builders/wordsOf';
import type { VersionDoubt } from '#shared/model/knownVersions';

const at = new Date(2026, 0, 5, 14, 2, 11).getTime();
const doubt = (why: VersionDoubt['why']): VersionDoubt => ({ field: 'version', why, at, entry: null });

it('shows the version, or since when it is unknown', () => {
  const words = wordsOf('en');
  const time = words.dateTime(at);
  expect(programWords(words, row(1, { version: ' 1.0 ' }))).toBe('1.0');
  expect(programWords(words, row(1, { version: '1.0', doubts: [doubt('fetched')] }))).toBe(
    `was 1.0; package downloaded ${time}, no login since`,
  );
  expect(programWords(words, row(1, { version: null, doubts: [doubt('sent')] }))).toBe(
    `upgrade sent ${time}, no login since`,
  );
  expect(programWords(wordsOf('zh-CN'), row(1, { version: '1.0', doubts: [doubt('sent')] }))).toBe(
    `原为 1.0；${wordsOf('zh-CN').dateTime(at)} 下发升级后未再登录`,
  );
  expect(programWords(words, row(1, { version: null }))).toBe('');
});
