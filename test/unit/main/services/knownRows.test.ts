import { expect, test } from 'vitest';
import type { Command } from '#shared/model/command';
import type { Diagnosis } from '#shared/model/diagnosis';
import { KnownRows } from '../../../../src/main/services/knownRows';
import { row as machineRow } from '../../../builders/rows';

const row = (vmcNo: number, online: boolean) =>
  machineRow(vmcNo, { online, address: online ? '192.0.2.7' : null, since: 5 });
const diagnosis = (id: number): Diagnosis => ({ id }) as Diagnosis;
const command = (id: number): Command => ({ id }) as Command;

test('windows are told what is gone beside what there is', () => {
  const known = new KnownRows();
  known.learnAll({
    machines: [row(1, true), row(2, true)],
    running: [command(8), command(9)],
    diagnoses: [diagnosis(5), diagnosis(6)],
  });
  known.learn({
    machines: { rows: [row(3, true)], removed: [2] },
    running: { rows: [], removed: [8] },
    diagnoses: { rows: [], removed: [6] },
  });
  expect(
    known.replaceWith({ machines: [row(3, false), row(4, false)], running: [], diagnoses: [diagnosis(7)] }),
  ).toEqual({
    machines: { rows: [row(3, false), row(4, false)], removed: [1] },
    running: { rows: [], removed: [9] },
    diagnoses: { rows: [diagnosis(7)], removed: [5] },
  });
  expect(known.all).toEqual({
    machines: [row(3, false), row(4, false)],
    running: [],
    diagnoses: [diagnosis(7)],
  });
  expect(known.replaceWith({ machines: [], running: [], diagnoses: [] }).machines.removed).toEqual([3, 4]);
});

test('where nobody is served any more nobody is online', () => {
  const known = new KnownRows();
  known.learnAll({ machines: [row(1, true), row(2, false)], running: [], diagnoses: [] });
  expect(known.allOffline(70)).toEqual({ rows: [{ ...row(1, false), since: 70 }], removed: [] });
  expect(known.allOffline(80).rows).toEqual([]);
});
