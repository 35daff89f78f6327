import { Button } from '@mantine/core';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { memo, useState } from 'react';
import { useCrema } from '../../../store';
import { useWords } from '../../../text/useWords';
import { clock } from '../../../ui/ticker';
import { headOf, hintOf, numberText, valueText } from './groupCells';
import { cellOf, columnKey, columnsOf, namesOf, type Column, type GroupRow, type Order } from './groupRows';
import classes from './Groups.module.css';

interface GroupTableProps {
  readonly rows: readonly GroupRow[];
  readonly by: readonly string[];
  readonly stats: readonly string[];
  /** All entries of the filter. */
  readonly entries: number;
  readonly order: Order;
  readonly onOrder: (order: Order) => void;
  readonly onOpen: (row: GroupRow) => void;
}

/** Rows drawn at first, and with each further step. */
const step = 150;

/** A group per row. A heading sorts; a group's name shows its frames. */
export function GroupTable({ rows, by, stats, entries, order, onOrder, onOpen }: GroupTableProps) {
  const words = useWords();
  const { t } = words;
  const [most, setMost] = useState(step);
  const columns = columnsOf(by.length, stats.length);
  const sorted = columnKey(order.column);
  return (
    <div
      className={classes['scroll']}
      // A scrollable element must be reachable by keyboard.
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      role="region"
      aria-label={t('groups.table')}
    >
      <table className={classes['table']}>
        <thead>
          <tr>
            {columns.map((column) => {
              const isSorted = columnKey(column) === sorted;
              const Icon = order.isDown ? IconArrowDown : IconArrowUp;
              return (
                <th
                  key={columnKey(column)}
                  scope="col"
                  data-of={column.of}
                  aria-sort={isSorted ? (order.isDown ? 'descending' : 'ascending') : 'none'}
                >
                  <button
                    type="button"
                    onClick={() =>
                      onOrder({ column, isDown: isSorted ? !order.isDown : column.of !== 'value' })
                    }
                  >
                    {headOf(words, column, by, stats)}
                    {isSorted && <Icon size={12} aria-hidden />}
                  </button>
                </th>
              );
            })}
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, most).map((row) => (
            <Row
              key={JSON.stringify(row.values)}
              row={row}
              columns={columns}
              by={by}
              stats={stats}
              entries={entries}
              onOpen={onOpen}
            />
          ))}
        </tbody>
      </table>
      {rows.length > most && (
        <Button variant="default" onClick={() => setMost(most + step)}>
          {t('groups.more', { count: rows.length - most })}
        </Button>
      )}
    </div>
  );
}

interface RowProps extends Pick<GroupTableProps, 'by' | 'stats' | 'entries' | 'onOpen'> {
  readonly row: GroupRow;
  readonly columns: readonly Column[];
}
const Row = memo(function Row({ row, columns, by, stats, entries, onOpen }: RowProps) {
  const words = useWords();
  const configs = useCrema((s) => s.configs);
  const [byNames, statNames] = [namesOf(by), namesOf(stats)];
  const now = clock();
  const nameOf = (vmcNo: number): string => configs[vmcNo]?.name ?? '';
  const texts = byNames.map((name, at) => valueText(words, name, row.values[at] ?? null));
  const share = entries === 0 ? 0 : row.count / entries;
  const cell = (column: Column): string => {
    const value = cellOf(row, column);
    if (typeof value !== 'number') return '';
    if (column.of === 'first' || column.of === 'last') return words.moment(value, now);
    return numberText(words, column.of === 'stat' ? statNames[column.at] : undefined, value);
  };
  return (
    <tr data-none={row.group === null || undefined}>
      {columns.map((column) => {
        if (column.of !== 'value')
          return (
            <td
              key={columnKey(column)}
              title={column.of === 'first' || column.of === 'last' ? timeOf(words, row, column) : undefined}
            >
              {cell(column)}
              {column.of === 'count' && row.group !== null && (
                <span className={classes['share']}>
                  {words.t('groups.percent', { percent: percentOf(share) })}
                </span>
              )}
            </td>
          );
        const hint = hintOf(words, byNames[column.at], row.values[column.at] ?? null, nameOf);
        return (
          <th key={columnKey(column)} scope="row">
            {column.at === 0 && row.group !== null ? (
              <button
                type="button"
                title={words.t('groups.open', { what: texts.join(', ') })}
                onClick={() => onOpen(row)}
              >
                {texts[0]}
              </button>
            ) : (
              texts[column.at]
            )}
            {hint !== '' && <span className="dim"> {hint}</span>}
          </th>
        );
      })}
    </tr>
  );
});

const percentOf = (share: number): string => (share * 100).toFixed(share < 0.1 ? 1 : 0);

function timeOf(words: ReturnType<typeof useWords>, row: GroupRow, column: Column): string | undefined {
  const at = cellOf(row, column);
  return typeof at === 'number' ? `${words.date(at)} ${words.clock(at)}` : undefined;
}
