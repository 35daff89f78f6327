/** What follows from an earlier run: over those that failed, and with what was there before. */
import { describe, expect, it } from 'vitest';
import type { Command } from '#shared/model/command';
import type { Run, RunLine, RunPreview } from '#shared/model/run';
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
  readonly lines?: readonly RunLine[];
  readonly commands?: readonly Command[];
}

/** `there`: machines that have what they would get. */
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

describe('the failed are tried again', () => {
  const ended = (): Running =>
    new Running()
      .starts([upgrade], [1, 2, 3, 4], { stopAfter: 9 })
      .becomes(1, 'confirmed')
      .becomes(2, 'failed')
      .becomes(3, 'expired')
      .becomes(4, 'cancelled', 'cancelled')
      .gives(1, 2, 3, 4);

  it('with the same steps in the same waves; those that have it by then are left out', async () => {
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

  it('of a run that is known from the journal only', async () => {
    const { runs, lines } = ended().record;
    const book = new Running({ run: 1, runLine: 4 });
    expect(await retryRun(partsOf(book, { runs, lines }), 1)).toMatchObject({ id: 2, machines: 3 });
    book.goesOn().gives(2, 3, 4);
  });

  it('none where none has failed, none can get it, it is of commands that may not be given twice, or nobody knows it', async () => {
    const done = new Running().starts([upgrade], [1]).becomes(1, 'confirmed');
    expect(await retryRun(partsOf(done), 1)).toMatchObject({ code: 'nothingToRetry' });
    expect(await retryRun(partsOf(ended(), {}, [2, 3, 4]), 1)).toMatchObject({ code: 'nothingToRetry' });
    const door: RunStep = { do: 'command', name: 'openDoor', input: { spelling: 'opendoor' } };
    const opened = new Running().starts([door], [1]).becomes(1, 'failed');
    expect(await retryRun(partsOf(opened), 1)).toMatchObject({ code: 'nothingToRetry' });
    expect(await retryRun(partsOf(new Running()), 1)).toEqual({ code: 'unknownRun', params: { id: 1 } });
  });
});

describe('the way back', () => {
  const input = { packageId, version: '2.0', field: 'version', versionBefore: '1.0' };
  const commands = [command(1, { vmcNo: 1, input }), command(2, { vmcNo: 2, input })];

  it('is a run for each package, once the run does not go on', async () => {
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

  it('is none while machines wait for the hours of the run, though none of it is under way', async () => {
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

  it('shows who can’t get it now, and starts with whoever was shown and still can', async () => {
    const book = new Running().starts([upgrade], [1, 2]).becomes(1, 'confirmed').becomes(2, 'confirmed');
    const before = partsOf(book, { commands }, [2]);
    const way = await wayBack(before, 1);
    expect(way).toMatchObject({ groups: [{ machines: [1], leftOut: [{ vmcNo: 2, step: 0 }] }] });
    const groups = 'groups' in way ? way.groups : [];
    // The machine that was shown to get it has it by now; the other could get it.
    const after = partsOf(book, { commands }, [1]);
    expect(await goBack(after, 1, groups)).toMatchObject({
      runs: [],
      changed: [
        { vmcNo: 1, refused: { error: { code: 'runsAlready' } } },
        { vmcNo: 2, refused: null },
      ],
    });
    // Its earlier package is another by now.
    const gone = { ...before, packages: [pkg({ id: 'newer', version: '1.0', addedAt: 9 })] };
    expect(await goBack(gone, 1, groups)).toMatchObject({
      runs: [],
      changed: [
        { vmcNo: 1, refused: { error: { code: 'noWayBack' } } },
        { vmcNo: 2, refused: { error: { code: 'noWayBack' } } },
      ],
    });
  });

  it('is none where nobody has a package for it', async () => {
    const book = new Running().starts([upgrade], [1]).becomes(1, 'confirmed');
    expect(await goBack({ ...partsOf(book, { commands }), packages: [] }, 1, [])).toMatchObject({
      code: 'noWayBack',
    });
    expect(await wayBack(partsOf(book), 7)).toMatchObject({ code: 'unknownRun' });
  });
});
