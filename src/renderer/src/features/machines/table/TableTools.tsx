import { Button, Checkbox, Popover, SegmentedControl } from '@mantine/core';
import { IconColumns3, IconTable } from '@tabler/icons-react';
import { useRef, type Ref } from 'react';
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
import { useWidth } from '../../../ui/useWidth';
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

/** px. In less, labels become titles, and the groups move to the columns. */
const narrowWidth = 1_060;

/** px of the parts beside the chips, in either language. */
const widths = { filter: 138, found: 96, command: 184, strangers: 190, tools: 510, narrowTools: 88 };

/** Filters and tools, always visible; the batch command only with a selection. */
export function TableTools(props: TableToolsProps) {
  const { view, columns, onAct, only, onOnly, found, absent, isAbsent } = props;
  const { chosen, onCommand, onLeave, onRegistry, strangers, onForgotten } = props;
  const words = useWords();
  const { t } = words;
  const inCapture = useCrema(isCapture);
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  const isNarrow = width > 0 && width < narrowWidth;
  const beside =
    widths.filter +
    (view.filter === '' ? 0 : widths.found) +
    (chosen === 0 ? 0 : widths.command) +
    (strangers === 0 || inCapture ? 0 : widths.strangers) +
    (isNarrow ? widths.narrowTools : widths.tools);
  return (
    <div ref={box} className={classes['tools']} data-tools>
      <StateChips only={isAbsent ? 'absent' : only} onOnly={onOnly} absent={absent} room={width - beside} />
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
      {!isNarrow && <Grouping view={view} onAct={onAct} />}
      <Columns view={view} columns={columns} onAct={onAct} isNarrow={isNarrow} />
      {!inCapture && (
        <Tool icon={IconTable} label={t('registry.open')} isNarrow={isNarrow} onClick={onRegistry} />
      )}
    </div>
  );
}

interface ToolProps {
  readonly icon: typeof IconTable;
  readonly label: string;
  /** The label is a title. */
  readonly isNarrow: boolean;
  readonly onClick?: () => void;
}
function Tool({
  icon: Icon,
  label,
  isNarrow,
  ...button
}: ToolProps & { readonly ref?: Ref<HTMLButtonElement> }) {
  return isNarrow ? (
    <Button size="compact-sm" variant="default" aria-label={label} title={label} {...button}>
      <Icon size={14} aria-hidden />
    </Button>
  ) : (
    <Button size="compact-sm" variant="default" leftSection={<Icon size={14} aria-hidden />} {...button}>
      {label}
    </Button>
  );
}

function Grouping({ view, onAct }: Pick<TableToolsProps, 'view' | 'onAct'>) {
  const { t } = useWords();
  return (
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
  );
}

interface ColumnsProps extends Pick<TableToolsProps, 'view' | 'columns' | 'onAct'> {
  readonly isNarrow: boolean;
}
/** The columns, and in a narrow window the groups. */
function Columns({ view, columns, onAct, isNarrow }: ColumnsProps) {
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
        <Tool icon={IconColumns3} label={t('overview.columns')} isNarrow={isNarrow} />
      </Popover.Target>
      <Popover.Dropdown aria-label={t('overview.columns')}>
        <div className={classes['choices']}>
          {isNarrow && <Grouping view={view} onAct={onAct} />}
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
