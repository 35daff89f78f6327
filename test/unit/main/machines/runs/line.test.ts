import { expect, it } from 'vitest';
import type { Command, CommandStep } from '#shared/model/command';
import type { RunMachine } from '#shared/model/run';
import { afterStep, explained, seen, withStep } from '../../../../../src/main/machines/runs/line';
import { queuedCommand } from '../../../../../src/main/machines/commands/judge';

const waiting: RunMachine = {
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

it('of a command that was given up, the last step of its own row is kept with its evidence', () => {
  const other = step('versionDiffers', 12);
  expect(lastOf('upgrade', [step('sent', 1), other, step('loggedIn', 12), step('noProof')])).toBe(other);
  // No step of its own row was seen.
  const end = step('noProof');
  expect(lastOf('upgrade', [step('sent', 1), end])).toBe(end);
  expect(lastOf('rinse', [step('sent', 1), end])).toBe(end);
  // A command that continues keeps its step.
  const back = step('loggedIn', 12);
  expect(lastOf('upgrade', [other, back])).toBe(back);
});

it('silence counts more than earlier steps of the row, and a later login counts more than silence', () => {
  const silent: CommandStep = { ...step('noProof'), params: { since: 5 } };
  const sent = [step('sent', 1), step('downloadEnded'), silent];
  expect(lastOf('upgrade', sent)).toBe(silent);
  const command: Command = {
    ...queuedCommand({ id: 1, vmcNo: 7, name: 'upgrade', input: {}, sessionId: '1' }, 0),
    state: 'expired',
    steps: sent,
  };
  const steps = [{ do: 'command', name: 'upgrade', input: {} }] as const;
  const begun = seen(withStep(waiting, 'running', 0, { command: 1 }), command);
  const given = afterStep(begun, steps, 'expired', { now: 9, mayGoOn: true });
  expect(explained(given, command)).toBe(given);
  const back = step('versionSame', 12);
  expect(explained(given, { ...command, steps: [...sent, back] })).toMatchObject({
    state: 'failed',
    steps: [{ outcome: 'expired', last: back }],
  });
});
