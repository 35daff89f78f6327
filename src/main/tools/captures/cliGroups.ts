/** `query --group-by` and `query --missing`: counts of groups as a table, CSV or JSON, and machines without a match. */
import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import type { ValueName } from '#shared/filter/values';
import {
  GroupTable,
  missingMachines,
  mostGroups,
  statisticNames,
  type EntryGroup,
  type Statistic,
} from '#shared/model/groups';
import type { Mark } from '#shared/model/journal';
import { oneLine } from '#shared/visible';
import { isoTime, localTime } from '../../core/captures/out/clock';
import { csvText } from '../../core/captures/out/exportCsv';
import { beginGroups, continueGroups, machinesOf, usualSizes, type GroupQuery } from '../../journal/embed';
import type { GroupSwitches } from './groupSwitches';
import { counted } from './cliMessages';
import { printStatus, tableText } from './terminal';

type Question = Omit<GroupQuery, 'by' | 'stats'>;

/** Text for the output, and its lines other than headings. */
interface Lines {
  readonly text: string;
  readonly lines: number;
}

export async function groupsText(
  db: DatabaseSyncInstance,
  question: Question,
  { switches, limit }: { readonly switches: GroupSwitches; readonly limit: number | null },
  marks: ReadonlyMap<number, Mark>,
  cancel: AbortSignal,
): Promise<Lines> {
  const { by, stats, format } = switches;
  const names = (some: typeof by): readonly ValueName[] => some.map(({ name }) => name);
  const table = await grouped(db, { ...question, by: names(by), stats: names(stats) }, marks, cancel);
  const { size, beyond, entries } = table;
  if (beyond > 0)
    printStatus(
      `There are more than ${mostGroups} groups. ${counted(beyond, 'entry is', 'entries are')} in none of the counted ones: use a narrower filter or fewer names.`,
    );
  const groups = table.groups(limit ?? mostGroups);
  if (groups.length < size) printStatus(`The largest ${groups.length} of ${size} groups`);
  const write = format === 'json' ? jsonOf : format === 'csv' ? csvOf : tableOf;
  return {
    text: groups.length === 0 && format === 'table' ? '' : write(groups, switches, entries),
    lines: groups.length,
  };
}

/** The machines without an accepted entry, one number per line. */
export async function missingText(
  db: DatabaseSyncInstance,
  question: Question & { readonly machines: readonly number[] },
  marks: ReadonlyMap<number, Mark>,
  cancel: AbortSignal,
): Promise<Lines> {
  const table = await grouped(db, { ...question, by: [vmc], stats: [] }, marks, cancel);
  const missing = missingMachines([...machinesOf(db), ...question.machines], table.groups());
  return { text: missing.map((vmcNo) => `${vmcNo}\n`).join(''), lines: missing.length };
}

/** Reads in slices, so that a cancel is handled in between. */
async function grouped(
  db: DatabaseSyncInstance,
  query: GroupQuery,
  marks: ReadonlyMap<number, Mark>,
  cancel: AbortSignal,
): Promise<GroupTable> {
  const table = new GroupTable(query.stats.length);
  const grouping = beginGroups(db, usualSizes, query, table);
  while (continueGroups(db, usualSizes, grouping, marks)) {
    await new Promise((done) => setImmediate(done));
    cancel.throwIfAborted();
  }
  return table;
}

const vmc: ValueName = { kind: 'field', name: 'vmc' };
const isTime = ({ kind, ...name }: ValueName): boolean =>
  kind === 'own' && 'name' in name && (name.name === 'hour' || name.name === 'day');
const shareOf = (group: EntryGroup, entries: number): number => group.count / entries;

/** One object per group. A group without a value of that name has `null`. */
function jsonOf(groups: readonly EntryGroup[], { by, stats }: GroupSwitches, entries: number): string {
  const rows = groups.map((group) => {
    const { values, count, first, last } = group;
    const keys = by.map(({ text, name }, i): [string, unknown] => {
      const value = values[i] ?? null;
      return [text, isTime(name) && typeof value === 'number' ? isoTime(value) : value];
    });
    return JSON.stringify({
      ...Object.fromEntries(keys),
      count,
      share: shareOf(group, entries),
      first: isoTime(first),
      last: isoTime(last),
      ...Object.fromEntries(stats.map(({ text }, i) => [text, group.stats[i]])),
    });
  });
  return rows.length === 0 ? '[]\n' : `[\n${rows.join(',\n')}\n]\n`;
}

function headsOf({ by, stats }: GroupSwitches): readonly string[] {
  const numbers = stats.flatMap(({ text }) => statisticNames.map((each) => `${text} ${each}`));
  return [...by.map(({ text }) => text), 'count', 'share', 'first', 'last', ...numbers];
}

function cellsOf(
  group: EntryGroup,
  { by }: GroupSwitches,
  texts: {
    readonly share: (share: number) => string;
    readonly time: (at: number) => string;
    readonly number: (number: number) => string;
    readonly text: (text: string) => string;
    readonly none: string;
  },
  entries: number,
): readonly string[] {
  const valueCells = by.map(({ name }, i) => {
    const value = group.values[i] ?? null;
    if (value === null) return texts.none;
    return isTime(name) && typeof value === 'number' ? texts.time(value) : texts.text(String(value));
  });
  const ofStatistic = (statistic: Statistic): readonly string[] =>
    statisticNames.map((each) => {
      const number = statistic[each];
      return number === null ? texts.none : texts.number(number);
    });
  const { count, first, last, stats } = group;
  return [
    ...valueCells,
    String(count),
    texts.share(shareOf(group, entries)),
    texts.time(first),
    texts.time(last),
    ...stats.flatMap(ofStatistic),
  ];
}

const csvOf = (groups: readonly EntryGroup[], switches: GroupSwitches, entries: number): string =>
  csvText([
    [...headsOf(switches)],
    ...groups.map((group) => [
      ...cellsOf(
        group,
        switches,
        { share: String, time: localTime, number: String, text: String, none: '' },
        entries,
      ),
    ]),
  ]);

/** For the terminal: numbers to the right, times to the second. */
function tableOf(groups: readonly EntryGroup[], switches: GroupSwitches, entries: number): string {
  const texts = {
    share: (share: number) => `${(100 * share).toFixed(1)}%`,
    time: (at: number) => localTime(at).slice(0, 19),
    number: (number: number) => String(Math.round(100 * number) / 100),
    // A member can be as long as a frame.
    text: (text: string) => oneLine(text, 60),
    none: '-',
  };
  return tableText(
    [headsOf(switches), ...groups.map((group) => cellsOf(group, switches, texts, entries))],
    (column) => column < switches.by.length,
  );
}
