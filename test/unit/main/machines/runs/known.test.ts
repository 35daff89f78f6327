/** Ended runs: the last twenty still accept late proof. */
import { expect, it } from 'vitest';
import type { RunStep } from '#shared/model/sequence';
import { Running } from '../../../../builders/running';

const reboot: RunStep = { do: 'command', name: 'reboot', input: {} };

it('of twenty-one ended runs the first is forgotten, with its commands', () => {
  const book = new Running();
  const ends = (vmcNo: number) => book.starts([reboot], [vmcNo]).gives(vmcNo).becomes(vmcNo, 'expired');
  for (let vmcNo = 1; vmcNo <= 20; vmcNo += 1) ends(vmcNo);
  expect(book.runs.known.of(1)).toMatchObject({ run: { id: 1, state: 'ended' }, lines: [{ vmcNo: 1 }] });
  book.becomes(1, 'confirmed').shows(1, 'done', 'late');
  ends(21);
  expect([book.runs.known.of(1), book.runs.known.of(2)?.run.id, book.runs.known.of(21)?.run.id]).toEqual([
    null,
    2,
    21,
  ]);
  const [first, second] = book.given;
  if (first === undefined || second === undefined) throw new Error('nothing was given');
  expect([book.runs.commandChanged(first), book.runs.commandChanged(second)]).toEqual([false, true]);
});
