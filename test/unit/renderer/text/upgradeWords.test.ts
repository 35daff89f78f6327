import { describe, expect, it } from 'vitest';
import type { PackageRefusal } from '#shared/model/upgrade';
import { appErrorWords } from '../../../../src/renderer/src/text/appErrorWords';
import { transferWords } from '../../../../src/renderer/src/text/upgradeWords';
import { wordsOf } from '../../../builders/wordsOf';

const refusals: Readonly<Record<PackageRefusal, true>> = {
  unreadable: true,
  noFile: true,
  notZip: true,
  damagedDirectory: true,
  moreMembers: true,
  empty: true,
  damagedMember: true,
  unsafeMember: true,
  link: true,
  duplicate: true,
  encrypted: true,
  tooManyMembers: true,
  tooBig: true,
  noSpace: true,
  diskFull: true,
  noUpdateXml: true,
  updateXmlOdd: true,
  packageNotBeside: true,
  checksumFileOdd: true,
  checksumDiffers: true,
  spoilt: true,
  cancelled: true,
};

describe.each(['en', 'zh-CN'] as const)('%s', (language) => {
  const words = wordsOf(language);

  it('says for each reason why a file is no package', () => {
    const said = Object.keys(refusals).map((reason) =>
      appErrorWords(words, {
        code: 'packageRefused',
        params: {
          reason,
          detail: 'vendui/main',
          needs: 2_048,
          free: 1_024,
          file: '',
          expected: 'a',
          actual: 'b',
        },
      }),
    );
    expect(new Set(said).size).toBe(said.length);
    for (const sentence of said) expect(sentence).not.toMatch(/packageRefused|\{\{|\[object/);
  });
});

describe('a download in words', () => {
  const mib = 1024 ** 2;
  it('says how much, how fast, how long still', () => {
    const facts = { done: 12.3 * mib, total: 45.6 * mib, rate: 3.1 * mib, left: 10_700 };
    expect(transferWords(wordsOf('en'), facts)).toBe('12.3 MiB of 45.6 MiB · 3.1 MiB/s · 11 s left');
  });
  it('promises nothing before it can be measured, and nothing more at the end', () => {
    const facts = { done: mib, total: mib, rate: mib, left: 0 };
    expect(transferWords(wordsOf('en'), facts)).toBe('1 MiB of 1 MiB · 1 MiB/s');
    expect(transferWords(wordsOf('en'), { ...facts, done: 0, rate: null, left: null })).toBe('0 B of 1 MiB');
  });
});
