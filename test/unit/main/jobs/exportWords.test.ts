/** Findings in files, in the words that the window sends along with the wish for them. */
import { describe, expect, it } from 'vitest';
import { findings, type Finding, type FindingCode } from '#shared/findings';
import { requests } from '#shared/contract/requests';
import { everyFrame } from '#shared/filter/frames';
import { exportWords } from '../../../../src/renderer/src/text/captureWords';
import { textsOf } from '../../../../src/main/jobs/exportWords';
import { wordsOf } from '../../../builders/wordsOf';

const en = wordsOf('en');
const zh = wordsOf('zh-CN');

describe('words for a file', () => {
  it.each([
    ['en', en],
    ['zh-CN', zh],
  ] as const)('are those of the window: %s', (_, words) => {
    const told = textsOf(exportWords(words));
    const params = {
      declared: 50,
      actual: 48,
      field: 'vmc_no',
      value: 'x',
      bytes: 12,
      expected: 4,
      got: 6,
      from: 'decimal',
      to: 'le48',
      what: 'trailingComma',
      offset: 17,
      cmd: 'dance',
      code: 'EC_2',
      orderNo: '8741',
      times: 2,
      swaps: 4,
      vmcNo: 5,
      detail: 'd',
      machine: '2015-06-24',
      here: '2026-11-24',
      dir: 'in',
      conn: 3,
      places: 10_000,
      held: 9_800,
      ms: 125_000,
    };
    for (const code of Object.keys(findings) as FindingCode[]) {
      const finding: Finding = { code, params };
      const said = told.describe?.(finding) ?? '';
      expect(said).not.toContain('{{');
      expect(said).not.toContain(code);
      // A time is said in seconds there.
      const known = code === 'link.silence' ? said : words.finding(finding);
      expect(said).toBe(known);
    }
  });

  it('say times in seconds, and ends and marks too', () => {
    const told = textsOf(exportWords(zh));
    expect(told.describe?.({ code: 'link.silence', params: { ms: 125_400 } })).toBe(
      '125 秒没有消息，连接已关闭',
    );
    expect(told.reason?.('machineClosed')).toBe('机器关闭了连接');
    expect(told.markWord).toBe('已标记');
  });

  it('are codes where none were sent, and nobody’s property names', () => {
    const told = textsOf({});
    expect(told.describe?.({ code: 'seq.gap', params: { expected: 4, got: 6 } })).toBe(
      'seq.gap expected=4 got=6',
    );
    expect(told.reason?.('silence')).toBe('closed: silence');
    expect(told.markWord).toBeUndefined();
    expect(
      textsOf({ 'finding.cmd.unknown': '{{cmd}}!' }).describe?.({
        code: 'cmd.unknown',
        params: { cmd: '$&' },
      }),
    ).toBe('$&!');
  });

  it('fit the contract, which takes no more than that', () => {
    const wish = { filter: everyFrame, format: 'csv' } as const;
    expect(requests.exportFrames.safeParse({ ...wish, words: exportWords(en) }).success).toBe(true);
    expect(requests.exportFrames.safeParse({ ...wish, words: { a: 'x'.repeat(501) } }).success).toBe(false);
    const many = Object.fromEntries(Array.from({ length: 501 }, (_, n) => [`a${n}`, '']));
    expect(requests.exportFrames.safeParse({ ...wish, words: many }).success).toBe(false);
  });
});
