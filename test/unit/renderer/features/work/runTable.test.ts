import { expect, it } from 'vitest';
import { runTable } from '../../../../../src/renderer/src/features/work/runTable';
import { Running } from '../../../../builders/running';
import { upgrade } from '../../../../builders/rows';
import { wordsOf } from '../../../../builders/wordsOf';

it('a line per machine, with its reason and the numbers of its commands and entries', () => {
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
  const table = runTable(wordsOf('en'), book.run(), [book.line(8), book.line(9), book.line(5)], {
    nameOf: (vmcNo) => `lobby ${vmcNo}`,
    commands: new Map(),
  });
  expect(table.map((row) => row.length)).toEqual([9, 9, 9, 9]);
  expect(table.map((row) => [row[0], row[1], row[2], row[3], row[7], row[8]])).toEqual([
    ['Machine', 'Name', 'State', 'Step', 'Command', 'Evidence'],
    ['8', 'lobby 8', 'failed or not confirmed', 'Rinse', '1 3', '77 77'],
    ['9', 'lobby 9', 'running', 'Restart', '2', ''],
    ['5', 'lobby 5', 'left out', 'Rinse', '', ''],
  ]);
  expect(table[2]?.[5]).toBe('');
  expect(table[3]?.slice(4, 7)).toEqual(['', '', 'left out: Rinse: The door is open.']);
});

it('for a rollout each machine’s versions before and after, with package, times and evidence', () => {
  const packageId = 'a'.repeat(64);
  const book = new Running().starts([{ do: 'command', name: 'upgrade', input: { packageId } }], [8, 9], {
    first: 1,
  });
  book.becomes(8, 'confirmed', 'versionConfirmed');
  const given = upgrade(1, {
    state: 'confirmed',
    sentAt: 1_000_000,
    input: { packageId, field: 'version', version: '2.0', versionBefore: '1.0' },
    steps: [
      { what: 'sent', at: 1_000_000, entry: 70, params: {} },
      { what: 'versionConfirmed', at: 1_000_000, entry: 77, params: { version: '2.0' } },
    ],
  });
  const words = wordsOf('en');
  const [heads, ...rows] = runTable(words, book.run(), [book.line(8), book.line(9)], {
    nameOf: () => '',
    commands: new Map([[1, given]]),
  });
  const byHead = rows.map((row) => Object.fromEntries(row.map((cell, at) => [heads?.[at] ?? '', cell])));
  expect(byHead).toMatchObject([
    {
      Machine: '8',
      Wave: '1',
      State: 'done, confirmed',
      Progress: 'running 2.0',
      'Version before': '1.0',
      'Version after': '2.0',
      'SHA-256 of the package': packageId,
      Notified: words.dateTime(1_000_000),
      Command: '1',
      Evidence: '70 77',
    },
    { Machine: '9', 'Version before': '', 'Version after': '', Ended: '', Command: '', Evidence: '' },
  ]);
});
