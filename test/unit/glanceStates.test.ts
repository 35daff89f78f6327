/** The states of the five-second test: enough of them, of both programs, each made by a script. */
import { expect, it } from 'vitest';
import { scripts } from '../pictures/states';
import { truths } from '../pictures/truths';

it('there are at least 40 states, with every answer for both programs', () => {
  expect(truths.length).toBeGreaterThanOrEqual(40);
  const answers = new Set(truths.map(({ program, sells }) => `${program} ${sells}`));
  expect(answers).toEqual(
    new Set(
      ['linux', 'android'].flatMap((program) =>
        ['yes', 'no', 'partly', 'unknown'].map((one) => `${program} ${one}`),
      ),
    ),
  );
});

it('each has a script of its own, except the machine without a problem', () => {
  expect(
    truths
      .map(({ state }) => state)
      .filter((state) => state !== 'idle')
      .toSorted(),
  ).toEqual(Object.keys(scripts).toSorted());
});
