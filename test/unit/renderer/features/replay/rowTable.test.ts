import { expect, it } from 'vitest';
import type { ReplayRow } from '#shared/model/replay';
import { rowTable } from '../../../../../src/renderer/src/features/replay/rowTable';
import { wordsOf } from '../../../../builders/wordsOf';

const en = wordsOf('en');
const row: ReplayRow = {
  id: 1,
  kind: 'answer',
  step: 2,
  conn: 1,
  cmd: 'login_r',
  entry: 41,
  recorded: { at: 0, text: '{"ret":0}' },
  now: { at: 1_000, text: 'x'.repeat(2_000) },
  outcome: 'differs',
  differences: [
    { what: 'member', name: 'ret', recorded: '0', now: '1', by: null },
    { what: 'member', name: 'vmc_no', recorded: '1', now: '2', by: 'numbers' },
  ],
  notes: ['signKept'],
};

it('each row is a line with both sides and the reason for their difference', () => {
  const [head, line] = rowTable(en, [row]);
  expect(head?.length).toBe(line?.length);
  expect(line?.slice(0, 4)).toEqual(['2', 'login_r', 'different', '41']);
  expect(line?.at(-1)).toBe(
    'ret: 0 → 1; vmc_no: 1 → 2 (machine number); with the recorded sign: no stored code produces it',
  );
});

it('no cell and no table exceeds main’s limits', () => {
  const lines = rowTable(
    en,
    Array.from({ length: 6_000 }, () => row),
  );
  expect(lines.length).toBe(5_000);
  expect(Math.max(...lines.flat().map((cell) => cell.length))).toBe(1_000);
});

it('missing answers and other text than JSON leave cells empty', () => {
  const [, line] = rowTable(en, [{ ...row, cmd: null, entry: null, now: null, differences: [], notes: [] }]);
  expect(line).toMatchObject(['2', '', 'different', '', expect.any(String), '{"ret":0}', '', '', '']);
});
