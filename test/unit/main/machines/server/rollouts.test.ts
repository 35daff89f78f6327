/** Runs that follow an earlier one: for its failed machines, and back to the previous packages. */
import { describe, expect, it } from 'vitest';
import type { Command } from '#shared/model/command';
import type { Run, RunMachine, RunPreview } from '#shared/model/run';
import type { RunStep } from '#shared/model/sequence';
import type { JournalClient } from '../../../../../src/main/journal/client/journalClient';
import {
  goBack,
  retryRun,
  wayBack,
  type RolloutParts,
} from '../../../../../src/main/machines/server/rollouts';
import { pkg, upgrade as command } from '../../../../builders/rows';
import { Running } from '../../../../builders/running';

const packageId = 'a'.repeat(64);
const upgrade: RunStep = { do: 'command', name: 'upgrade', input: { packageId } };

interface Recorded {
  readonly runs?: readonly Run[];
  readonly lines?: readonly RunMachine[];
  readonly commands?: readonly Command[];
}

/** `there`: machines that already have the result. */
function partsOf(
  book: Running,
  { runs = [], lines = [], commands = [] }: Recorded = {},
  there: readonly number[] = [],
) {
  const answers = { runs, runLines: lines, runCommands: commands };
  const journal = {
    isReadable: true,
    query: (name: keyof typeof answers) => Promise.resolve(answers[name]),
  };
  const parts: RolloutParts = {
    journal: journal as unknown as JournalClient,
    runs: book.runs,
    packages: [pkg({ id: packageId, version: '2.0' }), pkg({ id: 'old', version: '1.0' })],
    by: 'Wu',
    plan: (machines) =>
      machines.map((vmcNo): RunPreview => {
        const error = { code: 'runsAlready', params: { vmcNo, version: '2.0' } } as const;
        return {
          vmcNo,
          online: true,
          unprovable: [],
          refused: there.includes(vmcNo) ? { step: 0, error } : null,
        };
      }),
  };
  return parts;
}

describe('retrying failed machines', () => {
  const ended = (): Running =>
    new Running()
      .starts([upgrade], [1, 2, 3, 4], { stopAfter: 9 })
      .becomes(1, 'confirmed')
      .becomes(2, 'failed')
      .becomes(3, 'expired')
      .becomes(4, 'cancelled', 'cancelled')
      .gives(1, 2, 3, 4);

  it('uses the same steps and waves; machines that have the result by now are left out', async () => {
    const book = ended();
    expect(await retryRun(partsOf(book, {}, [3]), 1)).toMatchObject({
      id: 2,
      by: 'Wu',
      steps: [upgrade],
      waves: { stopAfter: 9 },
      machines: 3,
      counts: { waiting: 2, leftOut: 1 },
    });
    book.goesOn().gives(2, 4);
  });

  it('works for a run that only the journal knows', async () => {
    const { runs, lines } = ended().record;
    const book = new Running({ run: 1, runMachine: 4 });
    expect(await retryRun(partsOf(book, { runs, lines }), 1)).toMatchObject({ id: 2, machines: 3 });
    book.goesOn().gives(2, 3, 4);
  });

  it('is refused if nothing failed, no machine can get it, the commands may not be repeated, or the run is unknown', async () => {
    const done = new Running().starts([upgrade], [1]).becomes(1, 'confirmed');
    expect(await retryRun(partsOf(done), 1)).toMatchObject({ code: 'nothingToRetry' });
    expect(await retryRun(partsOf(ended(), {}, [2, 3, 4]), 1)).toMatchObject({ code: 'nothingToRetry' });
    const door: RunStep = { do: 'command', name: 'openDoor', input: { spelling: 'opendoor' } };
    const opened = new Running().starts([door], [1]).becomes(1, 'failed');
    expect(await retryRun(partsOf(opened), 1)).toMatchObject({ code: 'nothingToRetry' });
    expect(await retryRun(partsOf(new Running()), 1)).toEqual({ code: 'unknownRun', params: { id: 1 } });
  });
});

describe('going back', () => {
  const input = { packageId, version: '2.0', field: 'version', versionBefore: '1.0' };
  const commands = [command(1, { vmcNo: 1, input }), command(2, { vmcNo: 2, input })];

  it('creates a run per package, after the run has ended', async () => {
    const book = new Running().starts([upgrade], [1, 2, 3], { first: 1, atOnce: 2 }).gives(1);
    const parts = partsOf(book, { commands });
    expect(await goBack(parts, 1, [])).toEqual({ code: 'runGoesOn', params: {} });
    book.becomes(1, 'confirmed').gives(2, 3).becomes(2, 'confirmed').becomes(3, 'failed');
    const groups = [{ packageId: 'old', machines: [1, 2], leftOut: [] }];
    expect(await wayBack(parts, 1)).toEqual({
      groups,
      without: [{ vmcNo: 3, why: 'untold', version: null }],
    });
    expect(await goBack(parts, 1, groups)).toMatchObject({
      runs: [
        {
          id: 2,
          by: 'Wu',
          steps: [{ name: 'upgrade', input: { packageId: 'old' } }],
          waves: { first: 1, atOnce: 2 },
        },
      ],
      changed: [],
    });
    book.goesOn().gives(1);
  });

  it('is refused while machines wait for the hours of the run, even if none is active', async () => {
    const hours = { from: 0, to: 60 };
    const book = new Running().starts([upgrade], [1, 2], { atOnce: 1, pause: 3_600, hours }).gives(1);
    book.becomes(1, 'confirmed').after(3_600).gives();
    expect(book.run()).toMatchObject({ state: 'running', waits: 'hours', counts: { waiting: 1, done: 1 } });
    const parts = partsOf(book, { commands });
    expect(await goBack(parts, 1, [])).toEqual({ code: 'runGoesOn', params: {} });
    book.runs.stop(1);
    const way = await wayBack(parts, 1);
    const shown = 'groups' in way ? way.groups : [];
    expect(await goBack(parts, 1, shown)).toMatchObject({ runs: [{ id: 2 }] });
  });

  it('shows machines that cannot get it now, and starts with those shown that still can', async () => {
    const book = new Running().starts([upgrade], [1, 2]).becomes(1, 'confirmed').becomes(2, 'confirmed');
    const before = partsOf(book, { commands }, [2]);
    const way = await wayBack(before, 1);
    expect(way).toMatchObject({ groups: [{ machines: [1], leftOut: [{ vmcNo: 2, step: 0 }] }] });
    const groups = 'groups' in way ? way.groups : [];
    // The machine shown as selected already has it; the other one could get it.
    const after = partsOf(book, { commands }, [1]);
    expect(await goBack(after, 1, groups)).toMatchObject({
      runs: [],
      changed: [
        { vmcNo: 1, refused: { error: { code: 'runsAlready' } } },
        { vmcNo: 2, refused: null },
      ],
    });
    // Its earlier package is another one now.
    const gone = { ...before, packages: [pkg({ id: 'newer', version: '1.0', addedAt: 9 })] };
    expect(await goBack(gone, 1, groups)).toMatchObject({
      runs: [],
      changed: [
        { vmcNo: 1, refused: { error: { code: 'noWayBack' } } },
        { vmcNo: 2, refused: { error: { code: 'noWayBack' } } },
      ],
    });
  });

  it('is refused if no package is available', async () => {
    const book = new Running().starts([upgrade], [1]).becomes(1, 'confirmed');
    expect(await goBack({ ...partsOf(book, { commands }), packages: [] }, 1, [])).toMatchObject({
      code: 'noWayBack',
    });
    expect(await wayBack(partsOf(book), 7)).toMatchObject({ code: 'unknownRun' });
  });
});
