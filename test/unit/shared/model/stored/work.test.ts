import { expect, it } from 'vitest';
import { runStep } from '#shared/model/sequence';
import { readRun } from '#shared/model/stored/work';
import { Running } from '../../../../builders/running';

it('a run with an outdated input is read, and can’t be started again', () => {
  const steps = [{ do: 'command', name: 'restartPart', input: { part: 'io' } }];
  const started = new Running().starts([{ do: 'command', name: 'reboot', input: {} }], [7]).run();
  const run = { ...started, steps };
  expect(readRun(JSON.stringify(run))).toEqual(run);
  expect(runStep.safeParse(steps[0]).success).toBe(false);
});
