/** Groups on the command line equal those that a script computes from the exported JSONL. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { exportToFile, query } from '../../src/main/tools/captures/cliReads';
import { readArguments } from '../../src/main/tools/captures/switches';
import { batchOf, openStore } from '../builders/journal';
import { Day, type DayInput } from '../builders/recordedDay';
import { withStandardError } from '../builders/standardError';
import { useFolder } from '../builders/useFolder';

const at = useFolder('all');
const data = at('data');

/** A line of the export, read as a stranger's script reads it. */
interface Line {
  readonly kind: string;
  readonly id: number;
  readonly time: string;
  readonly at: number;
  readonly machine: number | null;
  readonly connection: number;
  readonly direction?: 'in' | 'out';
  readonly head?: string | null;
  readonly sequence?: number | null;
  readonly findings?: readonly { readonly code: string }[];
  readonly text?: string;
  readonly body?: Record<string, unknown> | null;
  readonly bytes?: string;
  readonly headBytes?: string;
}
let lines: readonly Line[];
const latencies = new Map<number, number>();
const gaps = new Map<number, number>();
const versions = new Map<number, string>();

async function run(...args: readonly string[]): Promise<{ readonly text: string; readonly found: boolean }> {
  const command = readArguments(args, Date.now());
  if (
    typeof command === 'string' ||
    'problem' in command ||
    command.command === 'replay' ||
    command.command === 'compare'
  )
    throw new Error(JSON.stringify(command));
  const printed: Uint8Array[] = [];
  const print = (chunk: Uint8Array): Promise<void> => Promise.resolve(void printed.push(chunk));
  const found =
    command.command === 'export'
      ? await exportToFile(command, { print, cancel: new AbortController().signal }).then(() => true)
      : await query(command, { print, cancel: new AbortController().signal });
  return { text: Buffer.concat(printed).toString(), found };
}

beforeAll(async () => {
  const inputs = gunzipSync(readFileSync(join(import.meta.dirname, '../fixtures/recordedDay.jsonl.gz')))
    .toString()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as DayInput);
  const day = new Day(inputs[0]?.at ?? 0);
  for (const input of inputs) day.do(input);
  mkdirSync(data);
  const store = openStore(join(data, 'journal.sqlite'));
  store.append(batchOf({ entries: day.world.entries }));
  store.close();
  writeFileSync(
    join(data, 'settings.json'),
    JSON.stringify({
      settings: {},
      machines: { '90001': { name: 'Lobby' }, '91234': { name: 'Never seen' } },
    }),
  );
  const file = at('day.jsonl');
  await withStandardError(() => run('export', '--data-dir', data, '--out', file));
  lines = readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);
  const waiting = new Map<string, number[]>();
  const before = new Map<number, number>();
  const logins = new Map<number, string>();
  for (const line of lines) {
    const { id, connection, kind } = line;
    const cmd = cmdOf(line)?.toLowerCase();
    if (cmd === 'login' && line.direction === 'in')
      logins.set(connection, textOf(line.body?.['version']) ?? '');
    const version = logins.get(connection);
    if (version !== undefined && version !== '') versions.set(id, version);
    if (kind !== 'frame') continue;
    const last = before.get(connection);
    if (last !== undefined) gaps.set(id, line.at - last);
    before.set(connection, line.at);
    // Heartbeats and logins of machines, each answered by the next frame of that name.
    const asks = line.direction === 'in' && (cmd === 'hb' || cmd === 'login');
    const answers = line.direction === 'out' && (cmd === 'hb' || cmd === 'login_r');
    const key = `${connection} ${cmd?.slice(0, 2)}`;
    if (asks) waiting.set(key, [...(waiting.get(key) ?? []), id]);
    const question = answers ? waiting.get(key)?.shift() : undefined;
    if (question !== undefined) {
      const asked = lines.find((one) => one.id === question)?.at ?? NaN;
      latencies.set(question, line.at - asked).set(id, line.at - asked);
    }
  }
}, 120_000);

const cmdOf = ({ body }: Line): string | null => textOf(body?.['cmd']);
function textOf(value: unknown): string | null {
  if (typeof value === 'string') return value.trim() === '' ? null : value.trim();
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : null;
}
const member =
  (name: string) =>
  ({ body }: Line): readonly string[] =>
    Object.entries(body ?? {}).flatMap(([key, value]) =>
      key.toLowerCase() === name.toLowerCase() ? (textOf(value) ?? []) : [],
    );
const single =
  (get: (line: Line) => string | number | null | undefined) =>
  (line: Line): readonly string[] => {
    const value = get(line);
    return value === null || value === undefined ? [] : [String(value)];
  };

type Get = (line: Line) => readonly string[];
/** As a script in any language would find them. */
const getters: Readonly<Record<string, Get>> = {
  machine: single(({ machine }) => machine),
  cmd: single(cmdOf),
  dir: single(({ direction }) => direction),
  kind: single(({ kind }) => kind),
  head: single(({ head, kind }) => head ?? (kind === 'frame' ? 'none' : null)),
  conn: single(({ connection }) => connection),
  finding: ({ findings }) => [...new Set((findings ?? []).map(({ code }) => code))],
  hour: single(({ time }) => `${time.slice(0, 14)}00:00.000${time.slice(23)}`),
  day: single(({ time }) => `${time.slice(0, 11)}00:00:00.000${time.slice(23)}`),
  version: single(({ id }) => versions.get(id)),
  'body.vmc_no': member('vmc_no'),
  'body.version': member('version'),
  'body.ret': member('ret'),
  'body.pay_type': member('pay_type'),
  'body.error_code': member('error_code'),
  'body.status': member('status'),
};
const numbers: Readonly<Record<string, (line: Line) => readonly number[]>> = {
  gap: ({ id }) => one(gaps.get(id)),
  latency: ({ id }) => one(latencies.get(id)),
  'body.vmc_no': (line) => member('vmc_no')(line).map(Number),
  'body.ret': (line) => member('ret')(line).map(Number),
  'body.amount': (line) =>
    member('amount')(line)
      .filter((text) => /^-?\d+(\.\d+)?$/.test(text))
      .map(Number),
};
const one = (number: number | undefined): readonly number[] => (number === undefined ? [] : [number]);

/** Percentile as PERCENTILE.INC. */
function percentile(sorted: readonly number[], share: number): number | null {
  if (sorted.length === 0) return null;
  const rank = (sorted.length - 1) * share;
  const [low, high] = [sorted[Math.floor(rank)] ?? NaN, sorted[Math.ceil(rank)] ?? NaN];
  return low + (high - low) * (rank % 1);
}

interface Expected {
  count: number;
  first: string;
  last: string;
  readonly stats: number[][];
}
function expected(filter: (line: Line) => boolean, by: readonly string[], stats: readonly string[]) {
  const groups = new Map<string, Expected>();
  const accepted = lines.filter(filter);
  for (const line of accepted) {
    const combinations = by.reduce<readonly (readonly (string | null)[])[]>(
      (all, name) => {
        const values = getters[name]?.(line) ?? [];
        return all.flatMap((so) => (values.length === 0 ? [null] : values).map((value) => so.concat(value)));
      },
      [[]],
    );
    for (const values of combinations) {
      const key = JSON.stringify(values.map((value) => value?.toLowerCase() ?? null));
      const group = groups.get(key) ?? { count: 0, first: '', last: '', stats: stats.map(() => []) };
      group.count += 1;
      if (group.first === '' || line.time < group.first) group.first = line.time;
      if (line.time > group.last) group.last = line.time;
      stats.forEach((name, i) => group.stats[i]?.push(...(numbers[name]?.(line) ?? [])));
      groups.set(key, group);
    }
  }
  return Object.fromEntries(
    [...groups].map(([key, { count, first, last, stats: lists }]) => {
      const statistics = lists.map((list) => {
        const sorted = list.toSorted((a, b) => a - b);
        const at2 = (share: number) => percentile(sorted, share);
        const sum = sorted.reduce((total, number) => total + number, 0);
        return {
          count: sorted.length,
          min: at2(0),
          median: at2(0.5),
          p95: at2(0.95),
          p99: at2(0.99),
          max: at2(1),
          sum,
        };
      });
      const share = count / accepted.length;
      const named = Object.fromEntries(stats.map((name, i) => [name, statistics[i]]));
      return [key, { count, share, first, last, ...named }];
    }),
  );
}

const isFrame = ({ kind }: Line): boolean => kind === 'frame';
const is =
  (...cmds: readonly string[]) =>
  (line: Line) =>
    cmds.includes(cmdOf(line)?.toLowerCase() ?? '');
const timed = (line: Line): boolean =>
  (line.direction === 'in' && is('hb', 'login')(line)) ||
  (line.direction === 'out' && is('hb', 'login_r')(line));
const timedText = '(dir:in cmd:hb,login) OR (dir:out cmd:hb,login_r)';

const all = (): boolean => true;
const hasMember =
  (name: string) =>
  (line: Line): boolean =>
    member(name)(line).length > 0;
const groupings: readonly (readonly [string, string, string, (line: Line) => boolean])[] = [
  ['', 'kind', '', all],
  ['kind:frame', 'cmd', 'gap', isFrame],
  ['kind:frame', 'machine', 'gap', isFrame],
  ['kind:frame', 'machine,cmd', 'gap', isFrame],
  ['kind:frame', 'dir,head', '', isFrame],
  ['kind:frame', 'conn', 'gap', isFrame],
  ['kind:frame', 'finding', '', isFrame],
  ['kind:frame', 'machine,finding', 'gap', isFrame],
  ['kind:frame', 'hour', 'gap', isFrame],
  ['kind:frame', 'day,dir', '', isFrame],
  ['kind:frame', 'version', '', isFrame],
  ['kind:frame', 'version,dir', 'gap', isFrame],
  [timedText, 'cmd,dir', 'latency', timed],
  [timedText, 'machine', 'latency,gap', timed],
  [timedText, 'version,hour', 'latency', timed],
  ['cmd:login dir:in', 'body.version', 'body.vmc_no', (line) => is('login')(line) && line.direction === 'in'],
  ['has:body.ret', 'machine', 'body.ret', hasMember('ret')],
  ['cmd:error', 'body.error_code,machine', '', is('error')],
  ['has:body.amount', 'body.pay_type,machine', 'body.amount', hasMember('amount')],
  [
    'kind:frame -machine:90001',
    'body.status,body.vmc_no',
    'gap',
    (line) => isFrame(line) && line.machine !== 90_001,
  ],
];

describe('JSON', () => {
  it.each(groupings)('“%s” by %s, statistics of “%s”', async (filter, by, stats, accepts) => {
    const args = ['query', '--data-dir', data, '--filter', filter, '--group-by', by, '--format', 'json'];
    const { text, found } = await run(...args, ...(stats === '' ? [] : ['--stats', stats]));
    const names = by.split(',');
    const groups = JSON.parse(text) as readonly Record<string, string | number | null>[];
    const byKey = groups.map((group) => {
      const key = names.map((name) => group[name]).map((value) => (value === null ? null : String(value)));
      const rest = Object.fromEntries(Object.entries(group).filter(([name]) => !names.includes(name)));
      return [JSON.stringify(key.map((value) => value?.toLowerCase() ?? null)), rest] as const;
    });
    expect(groups.length).toBeGreaterThan(1);
    expect(found).toBe(true);
    expect(Object.fromEntries(byKey)).toEqual(expected(accepts, names, stats === '' ? [] : stats.split(',')));
  });
});

const groupsOf = (...args: readonly string[]) => run('query', '--data-dir', data, ...args);

it('CSV has a line per group with local times, the table the same numbers', async () => {
  const args = ['--filter', 'cmd:login dir:in', '--group-by', 'machine,day', '--stats', 'size'];
  const { text } = await groupsOf(...args, '--format', 'csv');
  const [heads, ...rows] = text.slice(1).trim().split('\r\n');
  expect(heads).toBe(
    'machine,day,count,share,first,last,size count,size min,size median,size p95,size p99,size max,size sum',
  );
  const logins = lines.filter((line) => is('login')(line) && line.direction === 'in');
  expect(rows).toHaveLength(new Set(logins.map(({ machine }) => machine)).size);
  const counts = rows.map((row) => Number(row.split(',')[2]));
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(logins.length);
  expect(rows[0]?.split(',')[1]).toMatch(/^2024-05-0\d 00:00:00\.000$/);
  const table = (await groupsOf(...args)).text.trim().split('\n');
  expect(table[0]).toMatch(/^machine +day +count +share +first/);
  expect(table.slice(1).map((row) => Number(/00:00:00 +(\d+)/.exec(row)?.[1]))).toEqual(counts);
});

it('gives the largest groups, and says that there are more', async () => {
  const { value, stderr } = await withStandardError(() =>
    groupsOf('--group-by', 'cmd', '--limit', '2', '--format', 'json'),
  );
  const groups = JSON.parse(value.text) as readonly { readonly count: number }[];
  const counts = Object.values(expected(all, ['cmd'], [])).map(({ count }) => count);
  expect(groups.map(({ count }) => count)).toEqual(counts.toSorted((a, b) => b - a).slice(0, 2));
  expect(stderr).toBe(`The largest 2 of ${counts.length} groups\n`);
});

it('without a matching entry there is no group', async () => {
  const none = ['--filter', 'cmd:nothing', '--group-by', 'cmd'];
  expect(await groupsOf(...none, '--format', 'json')).toEqual({ text: '[]\n', found: false });
  expect(await groupsOf(...none)).toEqual({ text: '', found: false });
});

it('names the machines that never sent what the filter asks for', async () => {
  const machines = [...new Set(lines.flatMap(({ machine }) => machine ?? []))].toSorted((a, b) => a - b);
  const failed = new Set(lines.filter(is('error')).map(({ machine }) => machine));
  const missing = machines.filter((vmcNo) => !failed.has(vmcNo));
  expect(missing.length).toBeGreaterThan(0);
  const { text } = await groupsOf('--filter', 'cmd:error', '--missing');
  expect(text.trim().split('\n').map(Number)).toEqual([...missing, 91_234].toSorted((a, b) => a - b));
  expect((await groupsOf('--filter', 'machine:90001', '--missing')).text).not.toMatch(/^90001$/m);
});
