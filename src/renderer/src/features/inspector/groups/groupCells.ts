/** Texts of the cells of groups. */
import { findings, type FindingCode } from '#shared/findings';
import { unitOf, type GroupValue, type ValueName } from '#shared/filter/values';
import { visible } from '#shared/visible';
import type { Words } from '../../../text/words';
import { cellOf, columnsOf, namesOf, type Column, type GroupRow } from './groupRows';

/** Longer values are cut; the file has more. */
const longest = 120;

/** A value as people read it. */
export function valueText(words: Words, name: ValueName | undefined, value: GroupValue | null): string {
  if (value === null) return words.t('groups.none');
  if (name === undefined) return String(value);
  if (unitOf(name) === 'time' && typeof value === 'number')
    return name.kind === 'own' && name.name === 'day'
      ? words.date(value)
      : `${words.date(value)} ${words.clock(value).slice(0, 5)}`;
  if (unitOf(name) === 'fen' && typeof value === 'number') return numberText(words, name, value);
  if (name.kind === 'field' && name.name === 'dir')
    return words.t(value === 'in' ? 'frames.filter.in' : 'frames.filter.out');
  return visible(String(value), longest);
}

/** An explanation beside a value; empty: none. */
export function hintOf(
  words: Words,
  name: ValueName | undefined,
  value: GroupValue | null,
  nameOf: (vmcNo: number) => string,
): string {
  if (value === null || name?.kind !== 'field') return '';
  if (name.name === 'cmd') return words.command(String(value)) ?? '';
  if (name.name === 'vmc') return nameOf(Number(value));
  if (name.name === 'code') return words.errorTitle(String(value));
  if (name.name === 'finding' && isFinding(value)) return words.findingTitle(value);
  return '';
}

const isFinding = (value: GroupValue): value is FindingCode => Object.hasOwn(findings, value);

/** Amounts in the currency, other numbers with at most two decimals. */
export function numberText(words: Words, name: ValueName | undefined, value: number): string {
  const isAmount = name !== undefined && unitOf(name) === 'fen';
  return isAmount ? (value / 100).toFixed(2) : words.number(Math.round(value * 100) / 100);
}

/** The heading of a column. */
export function headOf(
  { t, currency }: Words,
  column: Column,
  by: readonly string[],
  stats: readonly string[],
): string {
  if (column.of === 'value') return by[column.at] ?? '';
  if (column.of !== 'stat') return t(`groups.column.${column.of}`);
  const name = stats[column.at] ?? '';
  const unit = namesOf([name]).map(unitOf)[0];
  const unitText =
    unit === 'ms' ? ' (ms)' : unit === 'bytes' ? ' (B)' : unit === 'fen' ? ` (${currency})` : '';
  return `${name} ${t(`groups.column.${column.name === 'count' ? 'numbers' : column.name}`)}${column.name === 'count' ? '' : unitText}`;
}

/** The table for a file: exact numbers, times that spreadsheets read. */
export function fileRows(
  words: Words,
  rows: readonly GroupRow[],
  {
    by,
    stats,
    entries,
  }: { readonly by: readonly string[]; readonly stats: readonly string[]; readonly entries: number },
): string[][] {
  const columns = columnsOf(by.length, stats.length);
  const names = namesOf(by);
  const time = (at: number): string => `${new Date(at).toLocaleDateString('sv')} ${words.clock(at)}`;
  const cell = (row: GroupRow, column: Column): string => {
    const value = cellOf(row, column);
    if (value === null) return '';
    const isTime =
      column.of === 'first' ||
      column.of === 'last' ||
      (column.of === 'value' &&
        names[column.at] !== undefined &&
        unitOf(names[column.at] as ValueName) === 'time');
    return isTime && typeof value === 'number' ? time(value) : String(value).slice(0, 1_000);
  };
  const share = (row: GroupRow): string => String(entries === 0 ? 0 : row.count / entries);
  const at = by.length + 1;
  const withShare = (cells: readonly string[], one: string): string[] => [
    ...cells.slice(0, at),
    one,
    ...cells.slice(at),
  ];
  return [
    withShare(
      columns.map((column) => headOf(words, column, by, stats)),
      words.t('groups.column.share'),
    ),
    ...rows.map((row) =>
      withShare(
        columns.map((column) => cell(row, column)),
        share(row),
      ),
    ),
  ];
}
