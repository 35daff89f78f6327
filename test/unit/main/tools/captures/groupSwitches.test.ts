/** The switches of `query` for groups. */
import { describe, expect, it } from 'vitest';
import { readGroups } from '../../../../../src/main/tools/captures/groupSwitches';

const names = (by: string, stats?: string): unknown => {
  const read = readGroups({ 'group-by': by, stats });
  if (read === null || 'problem' in read) throw new Error(JSON.stringify(read));
  return { by: read.by.map(({ text }) => text), stats: read.stats.map(({ text }) => text) };
};
const problem = (values: Parameters<typeof readGroups>[0]): string => {
  const read = readGroups(values);
  if (read === null || !('problem' in read)) throw new Error('no problem');
  return read.problem;
};

it('reads names as typed', () => {
  expect(names('machine, cmd', 'latency,body.Amount')).toEqual({
    by: ['machine', 'cmd'],
    stats: ['latency', 'body.Amount'],
  });
  expect(names('机器,body."a,b".c')).toEqual({ by: ['机器', 'body."a,b".c'], stats: [] });
  expect(readGroups({})).toBeNull();
});

describe('refuses', () => {
  it.each([
    ['cmdd', /“cmdd” is not the name of a value\. .*did you mean cmd\?/],
    ['cmd,', /“” is not the name of a value/],
    [',', /“” is not/],
    ['cmd OR dir', /is not the name of a value/],
    ['body', /Which field of the body\?/],
    ['fold', /“fold” is not the name/],
    ['cmd,command', /has command twice/],
    ['time', /nearly every entry has its own\. For times, group by hour or day\./],
    ['id,cmd', /--group-by id/],
    ['conn,seq,cmd,dir,head,kind,hour,day,finding', /at most 8 names/],
  ])('--group-by %s', (by, message) => {
    expect(problem({ 'group-by': by })).toMatch(message);
  });
  it.each([
    ['cmd', /--stats cmd has no numbers\. Use latency/],
    ['latncy', /did you mean latency/],
    ['version', /--stats version has no numbers/],
  ])('--stats %s', (stats, message) => {
    expect(problem({ 'group-by': 'dir', stats })).toMatch(message);
  });
  it('switches that do not belong together', () => {
    expect(problem({ stats: 'latency' })).toMatch(/--stats belongs to --group-by/);
    expect(problem({ format: 'csv' })).toMatch(/--format belongs to --group-by/);
    expect(problem({ 'group-by': 'cmd', count: true })).toMatch(/leave --count out/);
    expect(problem({ 'group-by': 'cmd', format: 'pcapng' })).toMatch(/table, json or csv here, not pcapng/);
    expect(problem({ 'group-by': 'size', stats: 'len' })).toMatch(/len is in --group-by and in --stats/);
  });
});
