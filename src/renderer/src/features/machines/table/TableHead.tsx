import { Checkbox } from '@mantine/core';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { useId } from 'react';
import type { TableAction, TableColumn, TableView } from '../../../store/machineTable';
import { useWords } from '../../../text/useWords';
import { OrderChanged } from '../OrderChanged';
import { gridOf } from './grid';
import classes from './MachineTable.module.css';

interface TableHeadProps {
  readonly columns: readonly TableColumn[];
  readonly sort: TableView['sort'];
  readonly onAct: (action: TableAction) => void;
  /** The share of chosen rows among the listed ones; `null`: selection is off. */
  readonly chosen: 'none' | 'some' | 'all' | null;
  readonly onChooseAll: () => void;
  /** The held order is not the newest. */
  readonly hasNewOrder: boolean;
  readonly onCatchUp: () => void;
}

/** The widest column, which has room for a button beside its heading. */
const widest = (columns: readonly TableColumn[]): TableColumn | undefined =>
  (['sentence', 'name', 'place', 'model', 'version', 'address'] as const).find((one) =>
    columns.includes(one),
  ) ?? columns[0];

/** Column headings. A press sorts, the second reverses the order, the third restores worst first. */
export function TableHead(props: TableHeadProps) {
  const { columns, sort, onAct, chosen, onChooseAll, hasNewOrder, onCatchUp } = props;
  const { t } = useWords();
  const roomy = widest(columns);
  const id = useId();
  return (
    <div
      className={classes['head']}
      role="group"
      aria-label={t('overview.headings')}
      style={{ gridTemplateColumns: gridOf(columns) }}
    >
      {chosen === null ? (
        <span />
      ) : (
        <label
          htmlFor={id}
          className={classes['all']}
          title={t(chosen === 'all' ? 'work.chosen.none' : 'work.chosen.all')}
        >
          <Checkbox
            id={id}
            size="xs"
            aria-label={t(chosen === 'all' ? 'work.chosen.none' : 'work.chosen.all')}
            checked={chosen === 'all'}
            indeterminate={chosen === 'some'}
            onChange={onChooseAll}
          />
        </label>
      )}
      <span />
      {columns.map((column) => {
        const way = sort?.by === column ? (sort.down ? 'down' : 'up') : 'none';
        const name = t(`overview.column.${column}`);
        return (
          <div key={column} className={classes['heading']} data-column={column}>
            <button
              type="button"
              className={classes['sort']}
              data-sorted={way === 'none' ? undefined : way}
              title={t(`overview.columnNote.${column}`)}
              aria-label={t(`overview.sorted.${way}`, { column: name })}
              onClick={() => onAct({ do: 'sort', by: column })}
            >
              <span>{name}</span>
              {way === 'up' && <IconArrowUp size={12} aria-hidden />}
              {way === 'down' && <IconArrowDown size={12} aria-hidden />}
            </button>
            {hasNewOrder && column === roomy && <OrderChanged onSort={onCatchUp} />}
          </div>
        );
      })}
    </div>
  );
}
