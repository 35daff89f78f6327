/** Groups of a window: the same entries as its list and counter, answer by answer. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { everyFrame, frameTest } from '#shared/filter/frames';
import { addTerm } from '#shared/filter/language/edit';
import { formatFilter } from '#shared/filter/language/format';
import { valueNamed } from '#shared/filter/values';
import type { Groups } from '#shared/model/groups';
import { GroupRuns } from '../../../../../src/main/journal/requests/groupRuns';
import type { JournalStore } from '../../../../../src/main/journal/store/journalStore';
import { filterOf } from '../../../../../src/renderer/src/features/inspector/groups/groupRows';
import { connection, World } from '../../../../builders/connection';
import { filters } from '../../../../builders/filterArbitraries';
import { batchOf, openStore } from '../../../../builders/journal';
import { useFolder } from '../../../../builders/useFolder';

const world = new World();
const directory = useFolder('all');
let store: JournalStore;
let runs: GroupRuns;

beforeAll(() => {
  for (let n = 0; n < 60; n += 1) {
    world.now += 700_000 + 1_000 * n;
    const vmc_no = n % 3 === 0 ? 7 : 8;
    const machine = connection({}, world);
    if (n % 5 !== 0)
      machine.receives({
        cmd: 'login',
        vmc_no,
        timestamp: '20260501',
        version: n % 2 === 0 ? '1.2.8.8' : '1.2.8.9',
        ...(n % 2 === 0 ? { linuxDriverVersion: '1' } : { io_version: '2' }),
      });
    const body =
      n % 4 === 0
        ? { cmd: 'error', error_code: n % 8 === 0 ? 'EC_2' : 'ERROR:5300', isSet: true }
        : { cmd: n % 7 === 0 ? 'HB' : 'hb', n: n % 6 === 0 ? '5' : 5, list: [n % 2, 'x', n % 2] };
    machine.receives({ ...body, vmc_no }).quiet();
  }
  store = openStore(directory('journal.sqlite'), { block: 16, segment: 16 });
  store.append(batchOf({ entries: world.entries }));
  runs = new GroupRuns(() => store);
});
afterAll(() => store.close());

const ask = (text: string, by: readonly string[], run: number | null = null, stats: readonly string[] = []) =>
  runs.answer({ filter: { ...everyFrame, text }, now: world.now, names: {}, by, stats, run, limit: 1_000 });

async function whole(text: string, by: readonly string[]): Promise<Groups> {
  let groups = await ask(text, by);
  while (!groups.isDone) groups = await ask(text, by, groups.run);
  return groups;
}
function count(text: string): number {
  let [all, after]: [number, number | null] = [0, null];
  do {
    const part = store.count({
      filter: { ...everyFrame, text },
      after,
      bins: null,
      now: world.now,
      names: {},
    });
    all += part.count;
    after = part.next;
  } while (after !== null);
  return all;
}

const single = [
  'machine',
  'cmd',
  'dir',
  'kind',
  'head',
  'hour',
  'day',
  'size',
  'peer',
  'conn',
  'answered',
  'latency',
];
const several = ['finding', 'code', 'body.n', 'body.list', 'body.error_code', 'body.vmc_no'];

describe('the groups', () => {
  it('of any filter by one value add up to its count', async () => {
    await fc.assert(
      fc.asyncProperty(filters, fc.constantFrom(...single), async (filter, by) => {
        const text = formatFilter(filter);
        const test = frameTest({ ...everyFrame, text }, world.now);
        fc.pre(test.ok);
        const { groups, entries } = await whole(text, [by]);
        expect(groups.reduce((sum, group) => sum + group.count, 0)).toBe(entries);
        expect(entries).toBe(count(text));
      }),
      { numRuns: 40 },
    );
  });

  it.each([...single, ...several, 'cmd,dir', 'machine,body.n,day'])(
    'by %s each have as many entries as their filter finds',
    async (by) => {
      const texts = by.split(',');
      const names = texts.flatMap((text) => {
        const named = valueNamed(text);
        return named.ok ? [named.name] : [];
      });
      const { groups } = await whole('-cmd:login', texts);
      expect(groups.length).toBeGreaterThan(0);
      for (const { values, count: found } of groups) {
        const text = filterOf('-cmd:login', names, values, world.now) ?? '';
        expect([text, count(text)]).toEqual([text, found]);
      }
    },
  );

  it('by version and platform follow the last login of the connection', async () => {
    const { groups } = await whole('kind:frame', ['version', 'platform']);
    expect(groups.map(({ values }) => values.join(' ')).toSorted()).toEqual([
      ' ',
      '1.2.8.8 linux',
      '1.2.8.9 android',
    ]);
    const without = count(addTerm('kind:frame', 'conn', null, 'only', { now: world.now }));
    expect(without).toBe(0);
  });

  it('name all machines of the journal at the end', async () => {
    expect((await whole('cmd:nothing', ['machine'])).machines).toEqual([7, 8]);
  });
});

it('a run that is no longer known begins again', async () => {
  const { run } = await whole('', ['cmd']);
  for (let n = 0; n < 5; n += 1) await whole('', ['dir']);
  const again = await ask('', ['cmd'], run);
  expect(again.run).not.toBe(run);
  expect((await whole('', ['cmd'])).groups).toEqual(again.groups);
});
