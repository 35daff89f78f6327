import { describe, expect, it } from 'vitest';
import { findings, type FindingCode } from '#shared/findings';
import { errorCodes } from '#shared/contract/errors';
import { misbehaviours } from '#shared/model/simulator';
import { appErrorWords } from '../../../../src/renderer/src/text/appErrorWords';
import { en } from '../../../../src/renderer/src/locales/en';
import { zhCN } from '../../../../src/renderer/src/locales/zh-CN';
import { findingCauses } from '../../../fixtures/findingCauses';
import { wordsOf } from '../../../builders/wordsOf';
import { flat } from '../../../builders/flat';

const english = flat(en);
const chinese = flat(zhCN);
const placeholders = (text: string): string[] =>
  [...text.matchAll(/\{\{(\w+)/g)].map(([, name]) => name ?? '').toSorted();

describe('both languages', () => {
  it('have the same keys, except for the singular', () => {
    const wanted = [...english.keys()].filter((key) => !key.endsWith('_one')).toSorted();
    expect([...chinese.keys()].toSorted()).toEqual(wanted);
  });

  it('leave nothing empty', () => {
    for (const [key, text] of [...english, ...chinese]) expect(text.trim(), key).not.toBe('');
  });

  it('have the same parameters', () => {
    // "+2" and "3 in all" are two wordings of one number.
    const different = [...chinese].filter(
      ([key, text]) =>
        key !== 'statusWord.more' &&
        placeholders(text).join() !== placeholders(english.get(key) ?? '').join(),
    );
    expect(different).toEqual([]);
  });

  it('zh-CN is Chinese throughout', () => {
    const sameOnPurpose = new Set([
      'message.error.set',
      'message.machinestatus.is',
      'message.statusquery_r.is',
      'message.querysupplies_r.is',
      'groups.counted',
      'groups.percent',
      'phrase.and',
      'phrase.list',
      'problems.inDoubt',
      'packages.and',
      'packages.comma',
      'packages.sentences',
      'packages.aside',
      'statusSentence.rated',
      'control.reasonOf',
      'tour.of',
      'fieldNote.quoted',
      'fieldNote.inUnit',
      // Names of languages and of machine programs.
      'setting.language.value.en',
      'machineSetting.platform.value.linux',
      'audit.platform.linux',
      // Texts on the wire, and symbols.
      'machineSetting.doorSpelling.value.opendoor',
      'machineSetting.doorSpelling.value.door open',
      'setting.currency.placeholder',
      'machine.amountSign',
      'machine.amountCode',
      // A material and its amount.
      'phrase.amountOf',
      'orders.consumedOf',
    ]);
    const untranslated = [...chinese].filter(
      // A number is the same in every language.
      ([key, text]) => !/\p{Script=Han}|^\d+$/u.test(text) && !sameOnPurpose.has(key),
    );
    expect(untranslated).toEqual([]);
  });

  it('zh-CN has full-width parentheses, also around values', () => {
    expect([...chinese].filter(([, text]) => /[()]/.test(text))).toEqual([]);
  });
});

/** Bytes that cause each finding, made once for both languages. */
const causes = new Map<FindingCode, ReturnType<(typeof findingCauses)[FindingCode]>>();
const causeOf = (code: FindingCode): ReturnType<(typeof findingCauses)[FindingCode]> => {
  const made = causes.get(code) ?? findingCauses[code]();
  causes.set(code, made);
  return made;
};

describe.each(['en', 'zh-CN'] as const)('%s', (language) => {
  const words = wordsOf(language);

  it.each(Object.keys(findings) as FindingCode[])('has a whole sentence for finding %s', async (code) => {
    const found = await causeOf(code);
    const said = found.filter((finding) => finding.code === code).map(words.finding);
    expect(said.length).toBeGreaterThan(0);
    for (const sentence of said) {
      expect(sentence).not.toContain('{{');
      expect(sentence).not.toContain(code);
      expect(sentence.length).toBeGreaterThan(4);
    }
    expect(words.findingTitle(code)).not.toContain(code);
  });

  it.each(errorCodes)('has a whole sentence for error %s', (code) => {
    const all = {
      verb: 'listen',
      problem: 'p',
      vmcNo: 5,
      id: 6,
      host: '10.0.0.1',
      port: 9700,
      reason: 'inUse',
      min: 1,
      max: 9,
      detail: 'd',
      count: 2_000,
      folder: 'f',
      field: 'price',
      platform: 'linux',
      listens: '127.0.0.1',
      at: 7,
      bytes: 12_000,
      file: 'lobby.csv',
      productId: 801,
      behind: 'openDoor',
      line: 3,
      name: 'reboot',
      version: '1.3',
      expected: 'abc',
      actual: 'def',
      machines: '5, 6',
      connections: 2_000,
      rule: 4,
    };
    const said = appErrorWords(words, { code, params: all });
    expect(said).not.toContain('{{');
    expect(said).not.toContain(`error.${code}`);
  });

  it('has a reason for failed listening, even an unknown one', () => {
    const said = ['inUse', 'denied', 'noAddress', 'other', 'strange'].map((reason) =>
      appErrorWords(words, { code: 'listenFailed', params: { host: '10.0.0.1', port: 9700, reason } }),
    );
    expect(new Set(said).size).toBe(4);
    expect(said[4]).toBe(said[3]);
  });

  it('has a text for every misbehaviour', () => {
    expect(new Set(misbehaviours.map((each) => words.t(`misbehave.${each}`))).size).toBe(
      misbehaviours.length,
    );
  });
});

describe('mistakes in JSON', () => {
  it('have texts; one without a text is shown unchanged', () => {
    const said = (what: string) =>
      wordsOf('en').finding({ code: 'json.lenient', params: { what, offset: 7 } });
    expect(said('trailingComma')).toBe(
      'JSON with a mistake that Crema could read: an extra comma at character 7',
    );
    expect(said('somethingNew')).toContain('somethingNew at character 7');
  });
});
