import { expect, it } from 'vitest';
import type { Command, CommandStep } from '#shared/model/command';
import type { RunLine } from '#shared/model/run';
import { seen, withStep } from '../../../../../src/main/session/runs/line';
import { queuedCommand } from '../../../../../src/main/session/judge';

const waiting: RunLine = {
  id: 1,
  run: 1,
  vmcNo: 7,
  state: 'waiting',
  since: 0,
  wave: 1,
  steps: [],
  leftOut: null,
};
const step = (what: CommandStep['what'], entry: number | null = null): CommandStep => ({
  what,
  at: 0,
  entry,
  params: {},
});
const lastOf = (name: Command['name'], steps: readonly CommandStep[]) => {
  const command = { ...queuedCommand({ id: 1, vmcNo: 7, name, input: {}, sessionId: 's1' }, 0), steps };
  return seen(withStep(waiting, 'running', 0, { command: 1 }), command).steps[0]?.last;
};

it('of a command that was given up, what its own row saw last is what is kept, with its evidence', () => {
  const other = step('versionDiffers', 12);
  expect(lastOf('upgrade', [step('sent', 1), other, step('loggedIn', 12), step('noProof')])).toBe(other);
  // Nothing of its own was seen.
  const end = step('noProof');
  expect(lastOf('upgrade', [step('sent', 1), end])).toBe(end);
  expect(lastOf('rinse', [step('sent', 1), end])).toBe(end);
  // One that goes on is where it is.
  const back = step('loggedIn', 12);
  expect(lastOf('upgrade', [other, back])).toBe(back);
});
