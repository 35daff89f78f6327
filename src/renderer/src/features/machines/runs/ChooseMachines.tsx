import { Button, Group, TextInput } from '@mantine/core';
import { IconSquare, IconSquareCheckFilled } from '@tabler/icons-react';
import { useCallback, useMemo, useRef, useState } from 'react';
import { machineTest } from '#shared/filter/machines';
import { mostMachinesOfRun } from '#shared/limits';
import { useCrema } from '../../../store';
import { usePacedMachines } from '../../../store/pacedMachines';
import { useWords } from '../../../text/useWords';
import { isKey, type Pressed } from '../../../ui/keys';
import { clock } from '../../../ui/ticker';
import { StateShape } from '../../../ui/StateShape';
import { VirtualList, type ListHandle } from '../../../ui/VirtualList';
import classes from './Start.module.css';

interface ChooseMachinesProps {
  readonly onChosen: (machines: readonly number[]) => void;
  readonly onCancel: () => void;
}

/** Which machines: by hand, or all that a filter in the language of the table lists. A number and Enter are one machine. */
export function ChooseMachines({ onChosen, onCancel }: ChooseMachinesProps) {
  const { t } = useWords();
  const rows = usePacedMachines();
  const list = useCrema((s) => s.list);
  const [typed, setTyped] = useState('');
  const [filter, setFilter] = useState('');
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set());
  const [cursor, setCursor] = useState<number | null>(null);
  const box = useRef<ListHandle>(null);
  const found = useMemo(() => {
    const test = machineTest(filter, clock());
    return list.order.filter((vmcNo) => {
      const row = rows.get(vmcNo);
      const status = list.statuses.get(vmcNo) ?? 'offline';
      return row !== undefined && (!test.ok || test.matches({ row, status, orders: null }));
    });
  }, [rows, list, filter]);
  const isWrong = !machineTest(typed.trim(), clock()).ok;
  const [only] = found.length === 1 ? found : [];
  const machines = chosen.size === 0 && only !== undefined && filter !== '' ? [only] : [...chosen];
  const isTooMany = machines.length > mostMachinesOfRun;
  const toggle = (vmcNo: number): void =>
    setChosen(
      chosen.has(vmcNo) ? new Set([...chosen].filter((one) => one !== vmcNo)) : new Set([...chosen, vmcNo]),
    );
  const onKey = (event: Pressed): boolean => {
    if (isKey('selectAll', event)) setChosen(new Set([...chosen, ...found]));
    else if (isKey('choose', event) && cursor !== null) toggle(cursor);
    else return false;
    return true;
  };
  const renderRow = useCallback(
    (vmcNo: number) => <MachineChoice vmcNo={vmcNo} isChosen={chosen.has(vmcNo)} />,
    [chosen],
  );
  return (
    <form
      className={classes['page']}
      onSubmit={(event) => {
        event.preventDefault();
        if (machines.length > 0 && !isTooMany && !isWrong) onChosen(machines);
      }}
    >
      <TextInput
        label={t('work.choose.filter')}
        description={t('work.choose.filterNote')}
        data-autofocus
        autoComplete="off"
        value={typed}
        error={isWrong ? t('work.choose.filterWrong') : undefined}
        onChange={(event) => {
          const next = event.currentTarget.value;
          setTyped(next);
          if (machineTest(next.trim(), clock()).ok) setFilter(next.trim());
        }}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown') return;
          event.preventDefault();
          setCursor(found[0] ?? null);
          box.current?.focus();
        }}
      />
      <div className={classes['list']} style={{ height: 242 }}>
        <VirtualList
          ref={box}
          label={t('work.choose.list')}
          ids={found}
          rowHeight={24}
          selected={cursor !== null && found.includes(cursor) ? cursor : null}
          selection={{ lines: chosen, anchor: null, lead: cursor }}
          onSelect={setCursor}
          onOpen={toggle}
          onKey={onKey}
          itemOf={(vmcNo) => rows.get(vmcNo)}
          renderRow={renderRow}
        />
      </div>
      {found.length === 0 && <p className="dim">{t('machines.noneMatch')}</p>}
      <Group gap="xs">
        <span role="status" data-chosen>
          {t('work.choose.chosen', { count: machines.length })}
        </span>
        <Button
          variant="default"
          size="compact-sm"
          disabled={found.length === 0}
          onClick={() => setChosen(new Set([...chosen, ...found]))}
        >
          {t('work.choose.all', { count: found.length })}
        </Button>
        <Button
          variant="default"
          size="compact-sm"
          disabled={chosen.size === 0}
          onClick={() => setChosen(new Set())}
        >
          {t('work.chosen.none')}
        </Button>
      </Group>
      {isTooMany && <p role="alert">{t('work.start.tooMany', { max: mostMachinesOfRun })}</p>}
      <Group gap="xs" justify="flex-end">
        <Button variant="default" onClick={onCancel}>
          {t('app.cancel')}
        </Button>
        <Button type="submit" disabled={machines.length === 0 || isTooMany || isWrong}>
          {t('work.start.next')}
        </Button>
      </Group>
    </form>
  );
}

function MachineChoice({ vmcNo, isChosen }: { readonly vmcNo: number; readonly isChosen: boolean }) {
  const { t } = useWords();
  const row = useCrema((s) => s.machines.get(vmcNo));
  const status = useCrema((s) => s.list.statuses.get(vmcNo) ?? 'offline');
  const Mark = isChosen ? IconSquareCheckFilled : IconSquare;
  return (
    <div className={classes['choice']} data-choose={vmcNo} data-chosen={isChosen || undefined}>
      <Mark size={16} aria-hidden />
      <StateShape status={status} size={13} decorative />
      <span className="tabular">{vmcNo}</span>
      <span title={row?.name}>{row?.name}</span>
      <span title={row?.place}>{row?.place}</span>
      <span className="dim">{row?.platform}</span>
      <span>{t(`state.${status}`)}</span>
    </div>
  );
}
