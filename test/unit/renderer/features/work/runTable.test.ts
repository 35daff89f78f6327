import { expect, it } from 'vitest';
import { runTable } from '../../../../../src/renderer/src/features/work/runTable';
import { Running } from '../../../../builders/running';
import { wordsOf } from '../../../../builders/wordsOf';

it('a line for each machine, with its reason and the numbers of its commands and entries', () => {
  const book = new Running().starts(
    [
      { do: 'command', name: 'reboot', input: {} },
      { do: 'command', name: 'rinse', input: {} },
    ],
    [8, 9],
    {},
    null,
    [
      {
        vmcNo: 5,
        step: 1,
        error: { code: 'commandNotPossible', params: { name: 'rinse', why: 'doorOpen' } },
      },
    ],
  );
  book.becomes(8, 'confirmed', 'loggedIn').becomes(8, 'failed', 'rinseFailed');
  const table = runTable(
    wordsOf('en'),
    book.run(),
    [book.line(8), book.line(9), book.line(5)],
    (vmcNo) => `lobby ${vmcNo}`,
  );
  expect(table.map((row) => row.length)).toEqual([9, 9, 9, 9]);
  expect(table.map((row) => [row[0], row[1], row[2], row[3], row[7], row[8]])).toEqual([
    ['Machine', 'Name', 'State', 'Step', 'Command', 'Evidence'],
    ['8', 'lobby 8', 'failed or no proof', 'Rinse', '1 3', '77 77'],
    ['9', 'lobby 9', 'under way', 'Reboot', '2', ''],
    ['5', 'lobby 5', 'left out', 'Rinse', '', ''],
  ]);
  expect(table[2]?.[5]).toBe('');
  expect(table[3]?.slice(4, 7)).toEqual(['', '', 'left out: Rinse: The door is open.']);
});
