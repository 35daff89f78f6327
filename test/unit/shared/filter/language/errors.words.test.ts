import { describe, expect, it } from 'vitest';
import { filterErrorCodes } from '#shared/filter/language/errors';
import { frameVocabulary, fieldSpecs } from '#shared/filter/language/fields';
import { parseFilter } from '#shared/filter/language/parse';
import { fieldNames } from '#shared/filter/language/tree';
import { filter as en } from '../../../../../src/renderer/src/locales/en/filter';
import { filter as zh } from '../../../../../src/renderer/src/locales/zh-CN/filter';
import { now } from '../../../../builders/filterArbitraries';

/** A filter text for every error. */
const broken: Readonly<Record<(typeof filterErrorCodes)[number], string>> = {
  tooLong: 'x'.repeat(2001),
  tooDeep: '('.repeat(60),
  quoteOpen: '"',
  quoteGlued: 'a"b"',
  groupOpen: '(a',
  groupStray: ')',
  groupEmpty: '()',
  operandMissing: 'NOT',
  spelling: 'cmd:hb|login',
  fieldMissing: '>5',
  operatorMissing: 'cmd hb',
  fieldUnknown: 'nonsense:5',
  fieldUnknownNear: 'cmdd:hb',
  memberMissing: 'body:5',
  valueMissing: 'cmd:',
  wordUnknown: 'dir:sideways',
  wordUnknownNear: 'head:decimel',
  findingUnknown: 'finding:nonsense',
  findingUnknownNear: 'finding:seq.gpa',
  numberWrong: 'size:x',
  amountWrong: 'amount:x',
  timeWrong: 'time:x',
  opWrong: 'cmd>x',
  rangeBackwards: 'size:2..1',
  listWrong: 'size>1,2',
  starWrong: 'size>1*',
  starInside: 'cmd:a*b',
  regexTooLong: `cmd~${'x'.repeat(201)}`,
  regexTooBig: 'cmd~(x{99}){99}',
  regexWrong: 'cmd~(',
  regexUnsupported: 'cmd~(?=a)',
};

describe.each([
  ['en', en.filter],
  ['zh', zh.filter],
] as const)('%s', (_, words) => {
  it.each(filterErrorCodes)('%s has all facts of the error', (code) => {
    const parsed = parseFilter(broken[code], { now });
    if (parsed.ok) throw new Error(broken[code]);
    const { error } = parsed;
    expect(error.code).toBe(code);
    const filled = words.error[code].replace(/\{\{(\w+)\}\}/g, (all, name: string) =>
      String(error.params[name] ?? all),
    );
    expect(filled).not.toContain('{{');
    expect(filled.length).toBeGreaterThan(6);
  });

  it('has a text for every field and every value of one', () => {
    for (const name of fieldNames) expect(words.field[name].length).toBeGreaterThan(1);
    const values: Readonly<Record<string, string>> = words.value;
    for (const spec of fieldSpecs)
      for (const { word } of spec.words) expect(values[word], `${spec.name}:${word}`).toBeTruthy();
  });
});

describe('names', () => {
  it('of fields are unique, also for a Chinese keyboard', () => {
    const all = fieldSpecs.flatMap(({ name, aliases }) => [name, ...aliases]);
    expect(new Set(all).size).toBe(all.length);
    expect(frameVocabulary.everyName).toHaveLength(all.length);
    for (const name of all) {
      expect(name).toBe(name.toLowerCase());
      expect(name).toMatch(/^[\p{L}_][\p{L}\p{N}_]*(?:\.[a-z_]+)*$/u);
    }
    for (const { name, aliases } of fieldSpecs)
      expect(
        aliases.some((alias) => /\p{Script=Han}/u.test(alias)),
        name,
      ).toBe(true);
  });

  it('of values are unique within a field', () => {
    for (const { name, words } of fieldSpecs) {
      const all = words.flatMap(({ word, aliases }) => aliases.concat(word));
      expect(new Set(all).size, name).toBe(all.length);
    }
  });
});
