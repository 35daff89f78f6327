/** Findings in files, in the words that the window sends with the export request. */
import { describe, expect, it } from 'vitest';
import { findings, type Finding, type FindingCode } from '#shared/findings';
import { requests } from '#shared/contract/requests/index';
import { everyFrame } from '#shared/filter/frames';
import { exportWords } from '../../../../../src/renderer/src/text/captureWords';
import { textsOf } from '../../../../../src/main/tools/captures/exportWords';
import { findingCauses } from '../../../../fixtures/findingCauses';
import { wordsOf } from '../../../../builders/wordsOf';

const en = wordsOf('en');
const zh = wordsOf('zh-CN');
/** Exported files give these durations in seconds. */
const timed: ReadonlySet<FindingCode> = new Set([
  'link.silence',
  'link.startedAnew',
  'link.asleep',
  'link.clockForward',
  'link.clockBack',
  'link.slept',
]);
const caused = new Map<FindingCode, readonly Finding[]>();
/** Findings of this code, caused once for both languages. */
async function foundOf(code: FindingCode): Promise<readonly Finding[]> {
  const found = caused.get(code) ?? (await findingCauses[code]()).filter((finding) => finding.code === code);
  caused.set(code, found);
  return found;
}

describe('words for a file', () => {
  it.each([
    ['en', en],
    ['zh-CN', zh],
  ] as const)('are those of the window: %s', async (_, words) => {
    const told = textsOf(exportWords(words));
    for (const code of Object.keys(findings) as FindingCode[]) {
      const found = await foundOf(code);
      expect(found, code).not.toEqual([]);
      for (const finding of found) {
        const said = told.describe?.(finding) ?? '';
        expect(said).not.toContain('{{');
        expect(said).not.toContain(code);
        expect(said).toBe(timed.has(code) ? said : words.finding(finding));
      }
    }
  });

  it('give times in seconds, and ends and marks too', () => {
    const told = textsOf(exportWords(zh));
    expect(told.describe?.({ code: 'link.silence', params: { ms: 125_400 } })).toBe(
      '125秒没有收到数据，连接已关闭',
    );
    expect(told.reason?.('machineClosed')).toBe('机器断开了连接');
    expect(told.markWord).toBe('已标记');
  });

  it('are codes without sent words, and never property names', () => {
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
    expect(requests.exportFrames.args.safeParse({ ...wish, words: exportWords(en) }).success).toBe(true);
    expect(requests.exportFrames.args.safeParse({ ...wish, words: { a: 'x'.repeat(501) } }).success).toBe(
      false,
    );
    const many = Object.fromEntries(Array.from({ length: 501 }, (_, n) => [`a${n}`, '']));
    expect(requests.exportFrames.args.safeParse({ ...wish, words: many }).success).toBe(false);
  });
});
