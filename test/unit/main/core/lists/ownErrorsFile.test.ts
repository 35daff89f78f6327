/** The workshop's own error catalogue as a file: an export can be imported again, and errors are reported with their place. */
import { describe, expect, it } from 'vitest';
import type { OwnErrors } from '#shared/model/ownErrors';
import { readOwnErrors, writeOwnErrors } from '../../../../../src/main/core/lists/ownErrorsFile';

const own: OwnErrors = {
  'ERROR:9A01': { name: 'Steam valve', meaning: '蒸汽阀', severity: 'fault', muted: true },
  'ERROR:5300': { remedy: 'Ask Mei for cups.' },
};
const fileOf = (...entries: readonly string[]): string =>
  `{\n"crema": "error catalogue",\n"version": 1,\n"entries": [\n${entries.join(',\n')}\n]\n}`;

describe('a file of own entries', () => {
  it('is read as written, sorted by code', () => {
    const text = writeOwnErrors(own);
    expect(readOwnErrors(text)).toEqual({ ok: true, entries: own, refused: [] });
    expect(readOwnErrors(`\uFEFF${text}`)).toMatchObject({ ok: true, refused: [] });
    expect(text.indexOf('ERROR:5300')).toBeLessThan(text.indexOf('ERROR:9A01'));
  });

  it('keeps valid entries and names each wrong entry with its line and the reason', () => {
    const text = fileOf(
      '{"code": "error:9a01", "name": "Steam valve"}',
      '{"name": "Nobody"}',
      '{"code": "ERROR:0001", "severity": "bad"}',
      '{"code": "ERROR:0002", "remdy": "x"}',
      '{"code": "ERROR:0003"}',
      '7',
      `{"code": "ERROR:0004", "name": "${'x'.repeat(61)}"}`,
      '{"code": "9a01 ", "name": "Plain"}',
      '{"code": "ERROR:9A01", "name": "Again"}',
      '{"code": "5300", "muted": true}',
    );
    expect(readOwnErrors(text)).toEqual({
      ok: true,
      entries: {
        'ERROR:9A01': { name: 'Steam valve' },
        '9A01': { name: 'Plain' },
        'ERROR:5300': { muted: true },
      },
      refused: [
        { line: 6, code: null, reason: 'noCode', member: 'code' },
        { line: 7, code: 'ERROR:0001', reason: 'wrongValue', member: 'severity' },
        { line: 8, code: 'ERROR:0002', reason: 'unknownMember', member: 'remdy' },
        { line: 9, code: 'ERROR:0003', reason: 'empty', member: null },
        { line: 10, code: null, reason: 'noEntry', member: null },
        { line: 11, code: 'ERROR:0004', reason: 'tooLong', member: 'name' },
        { line: 13, code: 'ERROR:9A01', reason: 'twice', member: null },
      ],
    });
  });

  it('refuses entries beyond the limit, and still changes known ones', () => {
    const known = Array.from({ length: 499 }, (_, n) => `X${n}`);
    const read = readOwnErrors(
      fileOf('{"code":"X1","name":"y"}', '{"code":"new","name":"a"}', '{"code":"newer","name":"b"}'),
      known,
    );
    expect(read).toMatchObject({
      entries: { X1: { name: 'y' }, NEW: { name: 'a' } },
      refused: [{ code: 'NEWER', reason: 'tooMany' }],
    });
  });

  it.each([
    ['plain text', 'codes', 1],
    ['a truncated file', '{\n"crema": "error catalogue",\n"entries": [', 3],
    ['another file', '{"crema": "frames", "version": 1, "entries": []}', 1],
    ['a newer version', '{"crema": "error catalogue", "version": 2, "entries": []}', 1],
    ['nothing', '', 1],
  ])('reports the line of the problem in %s', (_name, text, line) => {
    expect(readOwnErrors(text)).toEqual({ ok: false, line });
  });

  it.each(['__proto__', 'constructor'])('accepts %s as an ordinary code', (code) => {
    const read = readOwnErrors(fileOf(`{"code": "${code}", "name": "x"}`));
    expect(read.ok && Object.keys(read.entries)).toEqual([code.toUpperCase()]);
  });
});
