import { IconSquare, IconSquareCheckFilled } from '@tabler/icons-react';
import { memo, type ReactNode } from 'react';
import type { MachineRow } from '#shared/model/machine';
import { glanceOf, sellingNow } from '#shared/model/glance';
import { problemCount } from '#shared/model/problems';
import { useCrema, useRow } from '../../../store';
import type { TableColumn } from '../../../store/machineTable';
import { headlineWords, statusSentence } from '../../../text/machineWords';
import { useWords } from '../../../text/useWords';
import { programWords } from '../../../text/versionWords';
import type { Words } from '../../../text/words';
import { IdentityBadge } from '../../../ui/IdentityBadge';
import { StateShape } from '../../../ui/StateShape';
import { Ago, Ticking } from '../../../ui/Ticking';
import { useTicked } from '../../../ui/useTicked';
import { gridOf } from './grid';
import { LineCommands } from './LineCommands';
import classes from './MachineTable.module.css';

interface TableLineProps {
  readonly vmcNo: number;
  /** The row of a machine that is not on the list. */
  readonly absent: MachineRow | undefined;
  readonly columns: readonly TableColumn[];
  /** Orders of today; `null`: unknown. */
  readonly orders: number | null;
  readonly isChosen: boolean;
  /** `null`: selection is off. */
  readonly onChoose: ((vmcNo: number) => void) | null;
  /** It can be sent commands. */
  readonly hasMenu: boolean;
}

/** One machine. It renders only when its own row or state changes; its times update themselves. */
export const TableLine = memo(function TableLine(props: TableLineProps) {
  const { vmcNo, absent, columns, orders, isChosen, onChoose, hasMenu } = props;
  const words = useWords();
  const row = useRow(vmcNo) ?? absent;
  const status = useCrema((s) => s.list.statuses.get(vmcNo) ?? 'offline');
  const state = useCrema((s) => s.list.states.get(vmcNo) ?? 'offline');
  if (row === undefined) return null;
  return (
    <div
      className={classes['line']}
      data-vmc={vmcNo}
      data-status={status}
      style={{ gridTemplateColumns: gridOf(columns) }}
    >
      <Choice isChosen={isChosen} onChoose={onChoose === null ? null : () => onChoose(vmcNo)} />
      <StateShape status={state} isLastKnown={state !== status} size={15} />
      {columns.map((column) => (
        <Cell
          key={column}
          column={column}
          words={words}
          row={row}
          orders={orders}
          hasSells={columns.includes('sells')}
        />
      ))}
      {hasMenu ? <LineCommands vmcNo={vmcNo} /> : <span />}
    </div>
  );
});

interface ChoiceProps {
  readonly isChosen: boolean;
  readonly onChoose: (() => void) | null;
}

/** A check box for the pointer only: for the keyboard the line itself is selectable. */
function Choice({ isChosen, onChoose }: ChoiceProps) {
  if (onChoose === null) return <span />;
  const Icon = isChosen ? IconSquareCheckFilled : IconSquare;
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions
    <span
      className={classes['choice']}
      data-choice={isChosen ? 'yes' : 'no'}
      onClick={(event) => {
        // A click here must not open the line.
        event.stopPropagation();
        onChoose();
      }}
    >
      <Icon size={16} aria-hidden />
    </span>
  );
}

/** Its shape says it, and the time of its last data stands beside. */
function isPlainlyOk(row: MachineRow, now: number): boolean {
  const { status, worst } = glanceOf(row, now);
  return status === 'online' && worst === null && row.link.noLogin === null;
}

interface CellProps {
  readonly column: TableColumn;
  readonly words: Words;
  readonly row: MachineRow;
  readonly orders: number | null;
  /** The answer about selling has a column. */
  readonly hasSells: boolean;
}
function Cell({ column, words, row, orders, hasSells }: CellProps): ReactNode {
  switch (column) {
    case 'number':
      return (
        <span className={classes['number']} data-cell="number">
          {row.vmcNo} <IdentityBadge row={row} isShort />
        </span>
      );
    case 'name':
      return (
        <span className={classes['name']} title={row.name} data-cell="name">
          {row.name}
          {row.virtual && row.name !== '' && ' '}
          {row.virtual && <span className={classes['virtual']}>{words.t('machines.virtual')}</span>}
        </span>
      );
    case 'place':
    case 'model':
      return (
        <span title={row[column]} data-cell={column}>
          {row[column]}
        </span>
      );
    case 'version':
      return <Version words={words} row={row} />;
    case 'platform': {
      const platform = row.platform === null ? null : words.platform(row.platform);
      return (
        <span className="dim" title={platform ?? undefined} data-cell={column}>
          {platform}
        </span>
      );
    }
    case 'address':
      return (
        <span className="dim" title={row[column] ?? undefined} data-cell={column}>
          {row[column]}
        </span>
      );
    case 'sentence':
      return row.since === 0 ? (
        <span className="dim">{words.t('overview.absent')}</span>
      ) : (
        <Ticking
          titled
          className={classes['sentence']}
          text={(now) =>
            isPlainlyOk(row, now) ? '' : (hasSells ? headlineWords : statusSentence)(words, row, null, now)
          }
        />
      );
    case 'sells':
      return row.since === 0 ? <span className="dim">–</span> : <Sells words={words} row={row} />;
    case 'heard':
      return row.lastHeard === null ? <span className="dim">–</span> : <Ago at={row.lastHeard} />;
    case 'problems':
      return <Problems words={words} row={row} />;
    case 'orders':
      return (
        <span className={classes['count']} data-cell="orders">
          {orders === null ? '–' : words.number(orders)}
        </span>
      );
  }
}

/** Whether it can sell now. */
function Sells({ words, row }: Pick<CellProps, 'words' | 'row'>) {
  const selling = useTicked((now) => sellingNow(row, now));
  return (
    <span className={classes['sells']} data-cell="sells" data-selling={selling}>
      {words.t(`overview.sells.${selling}`)}
    </span>
  );
}

/** As many as its page lists. */
function Problems({ words, row }: Pick<CellProps, 'words' | 'row'>) {
  const count = useTicked((now) => problemCount(row, now));
  return (
    <span className={classes['count']} data-cell="problems" data-some={count > 0 || undefined}>
      {words.number(count)}
    </span>
  );
}

/** The version of the last login, and the reason to doubt it. */
function Version({ words, row }: Pick<CellProps, 'words' | 'row'>) {
  const text = useTicked((now) => programWords(words, row, now));
  return (
    <span className="dim" title={text} data-cell="version">
      {text}
    </span>
  );
}
