import { expect, it } from 'vitest';
import { askingOf, linesOf } from '../../../../src/renderer/src/store/runs';
import { Running } from '../../../builders/running';

it('open questions are in order, each with its run', () => {
  const book = new Running().starts(
    [
      { do: 'wait', seconds: 5 },
      { do: 'ask', question: 'Later?' },
    ],
    [8, 9],
  );
  book.starts([{ do: 'ask', question: 'Now?' }], [7]).after(5);
  const runs = new Map([1, 2].map((id) => [id, book.run(id)]));
  const lines = new Map([7, 8, 9].map((vmcNo) => [book.line(vmcNo).id, book.line(vmcNo)]));
  expect(askingOf(runs, lines).map(({ run, line }) => [run.id, line.vmcNo])).toEqual([
    [2, 7],
    [1, 8],
    [1, 9],
  ]);
  // A machine of an unknown run has no question.
  expect(askingOf(new Map(), lines)).toEqual([]);
  expect(linesOf(lines, 1).map(({ vmcNo }) => vmcNo)).toEqual([8, 9]);
});
