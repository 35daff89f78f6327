import { Button, TextInput } from '@mantine/core';
import { IconSquare, IconSquareCheckFilled } from '@tabler/icons-react';
import { useCallback, useRef, useState } from 'react';
import type { MachineRow, MachineStatus } from '#shared/model/machine';
import { useWords } from '../text/useWords';
import { isKey, type Pressed } from './keys';
import { rowHeights } from './rows';
import classes from './MachineChoices.module.css';
import { NewsButton } from './NewsButton';
import { StateShape } from './StateShape';
import { useHeldOrder } from './useHeldOrder';
import { VirtualList, type ListHandle } from './VirtualList';

interface MachineChoicesProps {
  readonly chosen: ReadonlySet<number>;
  readonly choose: (machines: Iterable<number>) => void;
  readonly toggle: (vmcNo: number) => void;
  /** The text in the filter field. */
  readonly typed: string;
  readonly type: (text: string) => void;
  readonly isWrong: boolean;
  /** The filter in force. */
  readonly filter: string;
  /** The machines that match. */
  readonly found: readonly number[];
  readonly rows: ReadonlyMap<number, MachineRow>;
  readonly statuses: ReadonlyMap<number, MachineStatus>;
  /** px */
  readonly height: number;
  readonly autoFocus?: boolean;
  /** The number of chosen machines, if it differs from the checked ones. */
  readonly count?: number;
  /** Machines that can't be chosen now; `factOf` gives the reason. */
  readonly barred?: { readonly has: (vmcNo: number) => boolean };
  /** Text between place and state: the fact about each machine that matters for the choice. */
  readonly factOf?: (row: MachineRow) => string;
}

const nobody: ReadonlySet<number> = new Set();

/** A filter, the matching machines with check boxes, and the number of chosen ones. */
export function MachineChoices(props: MachineChoicesProps) {
  const { chosen, choose, typed, type, isWrong, filter, found, rows, statuses } = props;
  const { height, autoFocus, count = chosen.size, barred = nobody } = props;
  const words = useWords();
  const { t } = words;
  const { factOf = ({ platform }) => (platform === null ? '' : words.platform(platform)) } = props;
  const [cursor, setCursor] = useState<number | null>(null);
  const box = useRef<ListHandle>(null);
  const { ids, behind, catchUp, handlers } = useHeldOrder(found, filter);
  // An unlisted machine can't be toggled, because the change would be invisible.
  const lead = cursor !== null && ids.includes(cursor) ? cursor : null;
  const able = found.filter((vmcNo) => !barred.has(vmcNo));
  const toggle = (vmcNo: number): void => {
    if (!barred.has(vmcNo)) props.toggle(vmcNo);
  };
  const onKey = (event: Pressed): boolean => {
    if (isKey('selectAll', event)) choose([...chosen, ...ids.filter((vmcNo) => !barred.has(vmcNo))]);
    else if (isKey('choose', event) && lead !== null) toggle(lead);
    else return false;
    return true;
  };
  const renderRow = useCallback(
    (vmcNo: number) => (
      <Choice
        vmcNo={vmcNo}
        isChosen={chosen.has(vmcNo)}
        isBarred={barred.has(vmcNo)}
        row={rows.get(vmcNo)}
        status={statuses.get(vmcNo) ?? 'offline'}
        factOf={factOf}
      />
    ),
    [chosen, barred, rows, statuses, factOf],
  );
  return (
    <>
      <TextInput
        aria-label={t('work.choose.filter')}
        placeholder={t('work.choose.filterNote')}
        {...(autoFocus === true && { 'data-autofocus': true })}
        autoComplete="off"
        value={typed}
        error={isWrong ? t('work.choose.filterWrong') : undefined}
        onChange={(event) => type(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown') return;
          event.preventDefault();
          setCursor(ids[0] ?? null);
          box.current?.focus();
        }}
      />
      <div className={classes['list']} style={{ height }} {...handlers}>
        <VirtualList
          ref={box}
          label={t('work.choose.list')}
          ids={ids}
          rowHeight={rowHeights.list}
          selected={lead}
          selection={{ lines: chosen, anchor: null, lead }}
          onSelect={setCursor}
          onOpen={toggle}
          onKey={onKey}
          renderRow={renderRow}
        />
        {behind && (
          <NewsButton
            side="top"
            onClick={() => {
              catchUp();
              box.current?.focus();
            }}
          >
            {t('machines.changed')}
          </NewsButton>
        )}
      </div>
      {ids.length === 0 && <p className="dim">{t('machines.noneMatch')}</p>}
      <div className={classes['foot']}>
        <span role="status" data-chosen>
          {t('work.choose.chosen', { count })}
        </span>
        <Button
          variant="default"
          size="compact-sm"
          disabled={able.length === 0}
          onClick={() => choose([...chosen, ...able])}
        >
          {t('work.choose.all', { count: able.length })}
        </Button>
        <Button variant="default" size="compact-sm" disabled={chosen.size === 0} onClick={() => choose([])}>
          {t('work.chosen.none')}
        </Button>
      </div>
    </>
  );
}

interface ChoiceProps {
  readonly vmcNo: number;
  readonly isChosen: boolean;
  readonly isBarred: boolean;
  readonly row: MachineRow | undefined;
  readonly status: MachineStatus;
  readonly factOf: (row: MachineRow) => string;
}
function Choice({ vmcNo, isChosen, isBarred, row, status, factOf }: ChoiceProps) {
  const { t } = useWords();
  const Mark = isChosen ? IconSquareCheckFilled : IconSquare;
  const fact = row === undefined ? '' : factOf(row);
  return (
    <div
      className={classes['choice']}
      data-choose={vmcNo}
      data-chosen={isChosen || undefined}
      data-barred={isBarred || undefined}
    >
      <Mark size={16} aria-hidden />
      <StateShape status={status} size={13} decorative />
      <span className="tabular">{vmcNo}</span>
      <span title={row?.name}>{row?.name}</span>
      <span data-place title={row?.place}>
        {row?.place}
      </span>
      <span className="dim" title={fact}>
        {fact}
      </span>
      <span>{t(`state.${status}`)}</span>
    </div>
  );
}
