import { describe, expect, it } from 'vitest';
import { checkNames, doctorLines, doctorSentence, finding, worstOf } from '#shared/doctor';
import { doctorChecks, doctorLevels, type ResultWords } from '#shared/doctorWords';

const rows = checkNames.flatMap((check) => {
  const says: Readonly<Record<string, ResultWords>> = doctorChecks[check].says;
  return Object.entries(says).map(([code, { level, en, zh }]) => ({ check, code, level, en, zh }));
});
const namesIn = (text: string): readonly string[] =>
  [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1] ?? '').toSorted();

describe('the messages of the doctor', () => {
  it.each(rows)('$check $code has the same parameters in both languages', ({ en, zh }) => {
    expect(namesIn(zh)).toEqual(namesIn(en));
    expect(zh).toMatch(/\p{Script=Han}/u);
    expect(en).not.toMatch(/\p{Script=Han}/u);
  });

  it.each(rows.filter(({ level }) => level !== 'ok'))(
    '$check $code has more than one sentence or clause: the problem and the action',
    ({ en, zh }) => {
      expect(en.split(/[.:;] /).length).toBeGreaterThan(1);
      expect(zh.split(/[。；：，]/).filter(Boolean).length).toBeGreaterThan(1);
    },
  );

  it('fill in their parameters, and keep braces in a value', () => {
    const found = finding('adapters', 'address', { name: '{{address}}', address: '10.0.0.1' });
    expect(doctorSentence(found)).toEqual({
      en: 'Adapter: {{address}} has 10.0.0.1.',
      zh: '网卡：{{address}} 的地址为 10.0.0.1。',
    });
  });

  it('begin with their sign, and the worst one is the exit code', () => {
    const well = finding('settings', 'whole', {});
    const known = finding('settings', 'some', { count: 2 });
    const wrong = finding('folder', 'noFolder', { folder: '/f' });
    expect(doctorLines([well, known, wrong], 'en').map((line) => line.slice(0, 2))).toEqual([
      '✓ ',
      '! ',
      '✗ ',
    ]);
    expect([[], [well], [wrong, known, well], [well, known]].map(worstOf)).toEqual([0, 0, 2, 1]);
    expect(doctorLevels).toEqual(['ok', 'warning', 'problem']);
  });
});
