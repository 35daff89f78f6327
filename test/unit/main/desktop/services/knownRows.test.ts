import { expect, test } from 'vitest';
import type { Command } from '#shared/model/command';
import type { Diagnosis } from '#shared/model/diagnosis';
import type { Run, RunMachine } from '#shared/model/run';
import { KnownRows } from '../../../../../src/main/desktop/services/knownRows';
import { row as machineRow } from '../../../../builders/rows';
import { noRows } from '../../../../builders/snapshot';

const row = (vmcNo: number, online: boolean) =>
  machineRow(vmcNo, { online, address: online ? '192.0.2.7' : null, since: 5 });
const diagnosis = (id: number): Diagnosis => ({ id }) as Diagnosis;
const run = (id: number): Run => ({ id }) as Run;
const line = (id: number): RunMachine => ({ id }) as RunMachine;
const command = (id: number): Command => ({ id }) as Command;

test('windows get removed and new rows', () => {
  const known = new KnownRows();
  known.learnAll({
    ...noRows,
    machines: [row(1, true), row(2, true)],
    running: [command(8), command(9)],
    diagnoses: [diagnosis(5), diagnosis(6)],
    openRuns: [run(3)],
    runLines: [line(11), line(12)],
  });
  known.learn({
    machines: { rows: [row(3, true)], removed: [2] },
    running: { rows: [], removed: [8] },
    diagnoses: { rows: [], removed: [6] },
  });
  expect(
    known.replaceWith({
      ...noRows,
      machines: [row(3, false), row(4, false)],
      diagnoses: [diagnosis(7)],
      runLines: [line(12)],
    }),
  ).toEqual({
    machines: { rows: [row(3, false), row(4, false)], removed: [1] },
    running: { rows: [], removed: [9] },
    diagnoses: { rows: [diagnosis(7)], removed: [5] },
    openRuns: { rows: [], removed: [3] },
    runLines: { rows: [line(12)], removed: [11] },
  });
  expect(known.all).toEqual({
    machines: [row(3, false), row(4, false)],
    running: [],
    diagnoses: [diagnosis(7)],
    openRuns: [],
    runLines: [line(12)],
  });
  expect(known.rows('machines')).toEqual([row(3, false), row(4, false)]);
  expect([known.row('machines', 3), known.row('machines', 2)]).toEqual([row(3, false), undefined]);
  expect(known.replaceWith(noRows).machines.removed).toEqual([3, 4]);
});

test('without a server all machines are offline', () => {
  const known = new KnownRows();
  known.learnAll({ ...noRows, machines: [row(1, true), row(2, false)] });
  expect(known.allOffline(70)).toEqual({
    rows: [{ ...row(1, false), gone: 'serverStopped', since: 70 }],
    removed: [],
  });
  expect(known.allOffline(80).rows).toEqual([]);
});
