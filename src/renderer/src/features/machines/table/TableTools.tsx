import { Button, Checkbox, Popover, SegmentedControl } from '@mantine/core';
import { IconColumns3, IconTable } from '@tabler/icons-react';
import { useCrema } from '../../../store';
import {
  isGrouping,
  tableColumns,
  type Only,
  type TableAction,
  type TableView,
} from '../../../store/machineTable';
import { isCapture } from '../../../store/source';
import { useWords } from '../../../text/useWords';
import { StateShape } from '../../../ui/StateShape';
import { ForgetStrangers } from './ForgetStrangers';
import { MachineFilter } from './MachineFilter';
import classes from './MachineTable.module.css';

interface TableToolsProps {
  readonly view: TableView;
  readonly onAct: (action: TableAction) => void;
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

/** Counts and tools, always visible. */
export function TableTools(props: TableToolsProps) {
  const { view, onAct, found, absent, isAbsent, chosen, onCommand, onLeave, onRegistry } = props;
  const { strangers, onForgotten } = props;
  const words = useWords();
  const { t } = words;
  const inCapture = useCrema(isCapture);
  return (
    <div className={classes['tools']}>
      <Counts
        only={isAbsent ? 'absent' : view.only}
        absent={absent}
        onOnly={(only) => onAct({ do: 'only', only })}
      />
      <MachineFilter
        text={view.filter}
        onFilter={(text) => onAct({ do: 'filter', text })}
        onLeave={onLeave}
      />
      <span className="dim tabular" role="status">
        {/* Without a filter, the count above is the same. */}
        {view.filter !== '' && t('overview.listed', { count: found })}
      </span>
      {!inCapture && !isAbsent && (
        <Button
          size="compact-sm"
          variant={chosen > 0 ? 'filled' : 'default'}
          disabled={found === 0 && chosen === 0}
          title={t('work.chosen.commandNote')}
          onClick={onCommand}
        >
          {chosen > 0 ? t('work.chosen.command', { count: chosen }) : t('work.chosen.commandAll')}
        </Button>
      )}
      {!inCapture && <ForgetStrangers count={strangers} onDone={onForgotten} />}
      <span className={classes['space']} />
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
      <Columns view={view} onAct={onAct} />
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

const shapes = { trouble: 'fault', silence: 'silence', absent: 'offline' } as const;

interface CountsProps extends Pick<TableToolsProps, 'absent'> {
  readonly only: Only;
  readonly onOnly: (only: Only) => void;
}
function Counts({ only, absent, onOnly }: CountsProps) {
  const words = useWords();
  const { t } = words;
  const list = useCrema((s) => s.list);
  const total = useCrema((s) => s.machines.size);
  const counts = { all: total, trouble: list.troubled.size, silence: list.counts.silence, absent };
  const names = ['all', 'trouble', 'silence'] as const;
  return (
    <div role="group" aria-label={t('machines.filter')} className={classes['counts']}>
      {(absent > 0 || only === 'absent' ? [...names, 'absent' as const] : names).map((name) => (
        <button
          key={name}
          type="button"
          className={classes['chip']}
          data-only={name}
          data-some={(name !== 'all' && name !== 'absent' && counts[name] > 0) || undefined}
          title={name === 'absent' ? t('overview.absentNote') : undefined}
          aria-pressed={only === name}
          onClick={() => onOnly(name)}
        >
          {name !== 'all' && <StateShape status={shapes[name]} size={12} decorative />}
          {t(`overview.only.${name}`)}
          <span className="tabular">{words.number(counts[name])}</span>
        </button>
      ))}
    </div>
  );
}

function Columns({ view, onAct }: Pick<TableToolsProps, 'view' | 'onAct'>) {
  const { t } = useWords();
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
                label={t(`overview.column.${column}`)}
                checked={view.columns.includes(column)}
                onChange={() => onAct({ do: 'column', column })}
              />
            ))}
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
