import { expect, it, onTestFinished } from 'vitest';
import { together, type RunMachine } from '#shared/model/run';
import { createRuns, type ServerRunsParts } from '../../../../../src/main/machines/server/runs';
import { machineState } from '../../../../builders/rows';

const hour = 3_600_000;

it('a change of the clock that nobody has noticed yet does not end a wait', () => {
  let now = 10 * hour;
  let unnoticed = 0;
  const lines = new Map<number, RunMachine>();
  const given: string[] = [];
  const runs = createRuns({
    now: () => now,
    checkClock: () => {
      const ms = unnoticed;
      unnoticed = 0;
      if (ms !== 0) runs.runs.clockSet(ms);
    },
    queue: {
      give: (_vmcNo: number, name: string) => {
        given.push(name);
        return { code: 'disk', params: {} };
      },
      takeBack: () => undefined,
    },
    contextOf: () => ({ machine: machineState(7) }),
    isOnline: () => true,
    isOffering: () => true,
    journal: {
      state: { status: 'open' },
      keepRun: (_run: unknown, changed: readonly RunMachine[]) => {
        for (const line of changed) lines.set(line.vmcNo, line);
      },
    },
    news: { runGave: () => undefined, runChanged: () => undefined },
    last: { run: 0, runMachine: 0 },
  } as unknown as ServerRunsParts);
  onTestFinished(() => runs.stop());
  const steps = [
    { do: 'wait', seconds: 240 },
    { do: 'command', name: 'queryStatus', input: {} },
  ] as const;
  runs.runs.start({ title: null, steps, machines: [7], leftOut: [], waves: together, by: 'Li' });
  runs.step();
  expect(lines.get(7)?.steps).toMatchObject([{ outcome: null, until: now + 240_000 }]);
  now += 100_000 + 48 * hour;
  unnoticed = 48 * hour;
  // A command of another run changed, for example.
  runs.step();
  expect([lines.get(7)?.steps.length, given]).toEqual([1, []]);
  now += 140_000;
  runs.step();
  runs.step();
  expect(given).toEqual(['queryStatus']);
});
