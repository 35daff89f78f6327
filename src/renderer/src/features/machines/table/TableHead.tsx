import { Checkbox } from '@mantine/core';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import type { TableAction, TableView } from '../../../store/machineTable';
import { useWords } from '../../../text/useWords';
import { gridOf } from './grid';
import classes from './MachineTable.module.css';

interface TableHeadProps {
  readonly view: TableView;
  readonly onAct: (action: TableAction) => void;
  /** The share of chosen rows among the listed ones; `null`: selection is off. */
  readonly chosen: 'none' | 'some' | 'all' | null;
  readonly onChooseAll: () => void;
}

/** Column headings. A press sorts, the second reverses the order, the third restores worst first. */
export function TableHead({ view: { columns, sort }, onAct, chosen, onChooseAll }: TableHeadProps) {
  const { t } = useWords();
  return (
    <div
      className={classes['head']}
      role="group"
      aria-label={t('overview.headings')}
      style={{ gridTemplateColumns: gridOf(columns).columns }}
    >
      {chosen === null ? (
        <span />
      ) : (
        <Checkbox
          size="xs"
          aria-label={t(chosen === 'all' ? 'work.chosen.none' : 'work.chosen.all')}
          title={t(chosen === 'all' ? 'work.chosen.none' : 'work.chosen.all')}
          checked={chosen === 'all'}
          indeterminate={chosen === 'some'}
          onChange={onChooseAll}
        />
      )}
      <span />
      {columns.map((column) => {
        const way = sort?.by === column ? (sort.down ? 'down' : 'up') : 'none';
        const name = t(`overview.column.${column}`);
        return (
          <button
            key={column}
            type="button"
            data-column={column}
            data-sorted={way === 'none' ? undefined : way}
            title={t(`overview.columnNote.${column}`)}
            aria-label={t(`overview.sorted.${way}`, { column: name })}
            onClick={() => onAct({ do: 'sort', by: column })}
          >
            <span>{name}</span>
            {way === 'up' && <IconArrowUp size={12} aria-hidden />}
            {way === 'down' && <IconArrowDown size={12} aria-hidden />}
          </button>
        );
      })}
    </div>
  );
}
