/** Runs in the journal: the newest row of each, the lines of their machines, open runs, and damaged rows. */
import { DatabaseSync } from '@photostructure/sqlite';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { DamagedKind } from '#shared/model/journal';
import type { Run, RunMachine } from '#shared/model/run';
import type { JournalStore } from '../../../../../src/main/journal/store/journalStore';
import { batchOf, openStore } from '../../../../builders/journal';
import { command } from '../../../../builders/rows';
import { Running } from '../../../../builders/running';
import { useFolder } from '../../../../builders/useFolder';

const directory = useFolder();
let store: JournalStore;
const damaged: DamagedKind[] = [];
const file = (): string => directory('journal.sqlite');
function open(): void {
  store = openStore(file(), undefined, (kind) => damaged.push(kind));
}
beforeEach(() => {
  damaged.length = 0;
  open();
});
afterEach(() => {
  store.close();
});

const keep = (runs: readonly Run[], runLines: readonly RunMachine[]): void =>
  store.append(batchOf({ runs, runLines }));

/** Three runs: ended, waiting for a person, and with a refused command. */
function three(): { readonly runs: readonly Run[]; readonly lines: readonly RunMachine[] } {
  const book = new Running();
  book.starts([{ do: 'command', name: 'reboot', input: {} }], [1]).becomes(1, 'confirmed', 'loggedIn');
  book.starts([{ do: 'ask', question: { en: 'Cup?', zh: '杯子？' } }], [2], {}, 'Our own');
  book.refusing.set(3, { code: 'commandNotPossible', params: { name: 'rinse', why: 'doorOpen' } });
  const leftOut = { vmcNo: 4, step: 0, error: { code: 'unknownMachine', params: { vmcNo: 4 } } } as const;
  book.starts([{ do: 'command', name: 'rinse', input: {}, withoutProof: true }], [3], {}, null, [leftOut]);
  return { runs: [book.run(1), book.run(2), book.run(3)], lines: [...book.lines.values()] };
}

it('an earlier version wrote no first wave, share or hours', () => {
  const { runs, lines } = three();
  const old = runs.map((run) => {
    const { first: _, stopShare: __, hours: ___, ...waves } = run.waves;
    const { by: _by, paused: _paused, waits: _waits, wave: _wave, first: _first, ...rest } = run;
    return { ...rest, waves } as unknown as Run;
  });
  keep(
    old,
    lines.map((line) => {
      const { wave: _, ...rest } = line;
      return rest as RunMachine;
    }),
  );
  expect(store.runs.page({ before: null, limit: 9 })).toEqual(
    runs.toReversed().map((run) => Object.assign({}, run, { by: '', wave: 0 })),
  );
  expect(runs.flatMap(({ id }) => store.runs.linesOf(id)).map(({ wave }) => wave)).toEqual(
    lines.map(() => null),
  );
  expect(damaged).toEqual([]);
});

it('commands of a run are found by its machines', () => {
  const { runs, lines } = three();
  keep(runs, lines);
  const given = [1, 2, 3].map((id) => command(id));
  for (const one of given) store.history.keepCommand(one);
  const ids = store.runs.linesOf(1).flatMap(({ steps }) => steps.flatMap((step) => step.command ?? []));
  expect(store.history.commandsOf([...ids, 99])).toEqual([given[0]]);
});

it('a run is read as written, newest first, in the next launch too', () => {
  const { runs, lines } = three();
  keep(
    runs.map((run) => ({ ...run, machines: 9 })),
    lines,
  );
  keep(runs, []);
  store.close();
  open();
  expect(store.runs.page({ before: null, limit: 10 })).toEqual(runs.toReversed());
  expect(store.runs.page({ before: 3, limit: 1 })).toEqual([runs[1]]);
  expect(runs.flatMap(({ id }) => store.runs.linesOf(id))).toEqual(lines);
  expect(store.runs.open()).toEqual({ runs: [runs[1]], lines: [lines[1]] });
  expect(store.last()).toMatchObject({ run: 3, runMachine: 4 });
});

it('a damaged run or run line is moved aside and reported', () => {
  const { runs, lines } = three();
  keep(runs, lines);
  const db = new DatabaseSync(file());
  db.exec(`UPDATE runs SET body = replace(body, '"by":"Li"', '"by":"Lj"') WHERE id = 3;
    UPDATE run_lines SET body = replace(body, '"run":1', '"run":1 ') WHERE run = 1`);
  db.close();
  expect(store.runs.page({ before: null, limit: 10 }).map(({ id }) => id)).toEqual([2, 1]);
  expect(store.runs.linesOf(1)).toEqual([]);
  expect(damaged).toEqual(['runs', 'run_lines']);
});

it('an earlier version wrote no machines left out', () => {
  const { runs, lines } = three();
  keep(runs, lines);
  const db = new DatabaseSync(file());
  db.exec(`UPDATE runs SET checksum = NULL, body = replace(body, ',"leftOut":0', '');
    UPDATE run_lines SET checksum = NULL, body = replace(body, ',"leftOut":null', '')`);
  db.close();
  expect(store.runs.page({ before: null, limit: 10 })).toEqual(runs.toReversed());
  expect(store.runs.linesOf(3)).toEqual([lines[2], lines[3]]);
  expect(damaged).toEqual([]);
});

it('an unreadable row is moved aside and its number is not used again', () => {
  const { runs, lines } = three();
  keep(runs, lines);
  const db = new DatabaseSync(file());
  db.exec(`UPDATE runs SET body = replace(body, '"ended"', '"endec"') WHERE id = 3;
    UPDATE run_lines SET body = replace(body, '"done"', '"dome"') WHERE id = 1`);
  db.close();
  expect(store.runs.page({ before: null, limit: 10 })).toEqual([runs[1], runs[0]]);
  expect(store.runs.linesOf(1)).toEqual([]);
  expect(damaged).toEqual(['runs', 'run_lines']);
  expect(store.last()).toMatchObject({ run: 3, runMachine: 4 });
});

it('the first recorded position of the audit trail stays', () => {
  store.auditEnds.keep({ n: 7, hash: 'a' });
  store.auditEnds.keep({ n: 7, hash: 'b' });
  store.auditEnds.keep({ n: 3, hash: 'c' });
  store.close();
  open();
  expect(store.auditEnds.all()).toEqual([
    { n: 3, hash: 'c' },
    { n: 7, hash: 'a' },
  ]);
});
