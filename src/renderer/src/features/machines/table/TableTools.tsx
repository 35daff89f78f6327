import { Button, Checkbox, Popover, SegmentedControl } from '@mantine/core';
import { IconColumns3, IconTable } from '@tabler/icons-react';
import { useCrema } from '../../../store';
import {
  isGrouping,
  tableColumns,
  type TableAction,
  type TableColumn,
  type TableView,
} from '../../../store/machineTable';
import type { Only } from '../../../store/machines';
import { isCapture } from '../../../store/source';
import { useWords } from '../../../text/useWords';
import { StateChips } from '../StateChips';
import { ForgetStrangers } from './ForgetStrangers';
import { MachineFilter } from './MachineFilter';
import classes from './MachineTable.module.css';

interface TableToolsProps {
  readonly view: TableView;
  /** The columns that the table has space for. */
  readonly columns: readonly TableColumn[];
  readonly onAct: (action: TableAction) => void;
  readonly only: Only;
  readonly onOnly: (only: Only) => void;
  /** Number of listed machines. */
  readonly found: number;
  readonly chosen: number;
  readonly onCommand: () => void;
  /** Number of machines that are not on the list, and whether these are shown. */
  readonly absent: number;
  readonly isAbsent: boolean;
  readonly onLeave: () => void;
  readonly onRegistry: () => void;
  /** Number of machines with invented numbers. */
  readonly strangers: number;
  readonly onForgotten: () => void;
}

/** Filters and tools, always visible; the batch command only with a selection. */
export function TableTools(props: TableToolsProps) {
  const { view, columns, onAct, only, onOnly, found, absent, isAbsent } = props;
  const { chosen, onCommand, onLeave, onRegistry, strangers, onForgotten } = props;
  const words = useWords();
  const { t } = words;
  const inCapture = useCrema(isCapture);
  return (
    <div className={classes['tools']}>
      <StateChips only={isAbsent ? 'absent' : only} onOnly={onOnly} absent={absent} />
      <MachineFilter
        text={view.filter}
        onFilter={(text) => onAct({ do: 'filter', text })}
        onLeave={onLeave}
      />
      <span className="dim tabular" role="status">
        {/* Without a filter, the count above is the same. */}
        {view.filter !== '' && t('overview.listed', { count: found })}
      </span>
      {chosen > 0 && (
        <Button size="compact-sm" title={t('work.chosen.commandNote')} onClick={onCommand}>
          {t('work.chosen.command', { count: chosen })}
        </Button>
      )}
      {!inCapture && <ForgetStrangers count={strangers} onDone={onForgotten} />}
      <span className={classes['space']} />
      <div className={classes['grouping']}>
        <span className="dim" id="table-group">
          {t('overview.group.label')}
        </span>
        <SegmentedControl
          size="xs"
          aria-labelledby="table-group"
          value={view.group}
          onChange={(group) => isGrouping(group) && onAct({ do: 'group', by: group })}
          data={(['none', 'place', 'state'] as const).map((group) => ({
            value: group,
            label: t(`overview.group.${group}`),
          }))}
        />
      </div>
      <Columns view={view} columns={columns} onAct={onAct} />
      {!inCapture && (
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconTable size={14} aria-hidden />}
          onClick={onRegistry}
        >
          {t('registry.open')}
        </Button>
      )}
    </div>
  );
}

function Columns({ view, columns, onAct }: Pick<TableToolsProps, 'view' | 'columns' | 'onAct'>) {
  const { t } = useWords();
  const labelOf = (column: TableColumn): string => {
    const name = t(`overview.column.${column}`);
    const isLeftOut = view.columns.includes(column) && !columns.includes(column);
    return isLeftOut ? t('overview.columnLeftOut', { column: name }) : name;
  };
  return (
    <Popover
      position="bottom-end"
      shadow="md"
      trapFocus
      returnFocus
      withinPortal
      portalProps={{ target: 'main' }}
    >
      <Popover.Target>
        <Button size="compact-sm" variant="default" leftSection={<IconColumns3 size={14} aria-hidden />}>
          {t('overview.columns')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('overview.columns')}>
        <div className={classes['choices']}>
          {tableColumns
            .filter((column) => column !== 'number')
            .map((column) => (
              <Checkbox
                key={column}
                size="xs"
                label={labelOf(column)}
                checked={view.columns.includes(column)}
                onChange={() => onAct({ do: 'column', column })}
              />
            ))}
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
