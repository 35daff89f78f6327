import { ActionIcon, CloseButton, TextInput } from '@mantine/core';
import { IconDotsVertical, IconSearch, IconTable } from '@tabler/icons-react';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { setOnly, useCrema } from '../../../store';
import { isAmong, matches } from '../../../store/machines';
import { navigate } from '../../../store/navigate';
import { machineTable } from '../../../store/route';
import { isCapture } from '../../../store/source';
import { useWords } from '../../../text/useWords';
import { EmptyNote } from '../../../ui/EmptyNote';
import { VirtualList, type ListHandle } from '../../../ui/VirtualList';
import { KeyHint } from '../../../ui/KeyTable';
import { ariaKey } from '../../../ui/keys';
import { act } from '../../../ui/useAction';
import { useHeldOrder } from '../../../ui/useHeldOrder';
import { useHotkey } from '../../../ui/useHotkey';
import { useWidth } from '../../../ui/useWidth';
import { MachineMenu, useMachineMenu } from '../MachineMenu';
import { OrderChanged } from '../OrderChanged';
import { StateChips } from '../StateChips';
import { MachineLine } from './MachineLine';
import { rowHeights } from '../../../ui/rows';
import { isFocusIdle } from '../../../ui/isFocusIdle';
import classes from './MachineList.module.css';

/** Closes the view beside the list first. */
const onEscape = (): void => {
  if (!act('close')) toTable();
};
const toTable = (): void => navigate(machineTable(useCrema.getState().only));

/** `alone`: without the list beside it, it takes the focus and the key as the list does. */
export function BackToTable({ alone = false }: { readonly alone?: boolean }) {
  const { t } = useWords();
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (alone && isFocusIdle()) button.current?.focus();
  }, [alone]);
  return (
    <button
      ref={button}
      type="button"
      className={classes['back']}
      onClick={toTable}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        onEscape();
      }}
    >
      <IconTable size={14} aria-hidden /> {t('overview.back')} <KeyHint name="close" />
    </button>
  );
}

/** All machines, worst first, with a search and the filter of the table. */
export function MachineList() {
  const { t } = useWords();
  const list = useCrema((s) => s.list);
  const route = useCrema((s) => s.route);
  const [query, setQuery] = useState('');
  const only = useCrema((s) => s.only);
  // Rows affect the order only during a search.
  const searched = useCrema((s) => (query.trim() === '' ? null : s.machines));
  const live = useMemo(
    () =>
      list.order.filter((vmcNo) => {
        if (!isAmong(list, only, vmcNo)) return false;
        const row = searched?.get(vmcNo);
        return searched === null || (row !== undefined && matches(row, query));
      }),
    [list, only, searched, query],
  );
  const { ids, behind, catchUp, handlers } = useHeldOrder(live, `${only} ${query}`);

  const chips = useRef<HTMLDivElement>(null);
  const width = useWidth(chips);
  const search = useRef<HTMLInputElement>(null);
  const box = useRef<ListHandle>(null);
  // Focus the list for a user who comes to this screen, unless the focus is elsewhere.
  useEffect(() => {
    if (isFocusIdle()) box.current?.focus();
  }, []);
  useHotkey('search', () => search.current?.select());
  const selected = route.screen === 'machines' ? route.vmcNo : null;
  const tab = route.screen === 'machines' ? route.tab : 'overview';
  const select = useCallback(
    (vmcNo: number) => navigate({ screen: 'machines', vmcNo, tab }, 'replace'),
    [tab],
  );
  const inCapture = useCrema(isCapture);
  const menu = useMachineMenu(select);
  // The menu is about the machine whose page is shown.
  const asked = menu.place?.vmcNo ?? null;
  useEffect(() => {
    if (asked !== null) select(asked);
  }, [asked, select]);
  const renderRow = useCallback((vmcNo: number) => <MachineLine vmcNo={vmcNo} />, []);

  return (
    <div className={classes['pane']}>
      <div className={classes['tools']}>
        <div className={classes['head']}>
          <BackToTable />
          <div className={classes['tail']}>
            {behind && (
              <OrderChanged
                onSort={() => {
                  catchUp();
                  box.current?.focus();
                }}
              />
            )}
            {!inCapture && selected !== null && (
              <ActionIcon
                aria-label={t('machines.menu', { vmcNo: selected })}
                aria-haspopup="menu"
                title={t('machines.menu', { vmcNo: selected })}
                onClick={(event) => menu.openAt(selected, event.currentTarget)}
              >
                <IconDotsVertical size={16} aria-hidden />
              </ActionIcon>
            )}
          </div>
        </div>
        <TextInput
          ref={search}
          aria-label={t('machines.searchLabel')}
          aria-keyshortcuts={ariaKey('search')}
          placeholder={t('machines.search')}
          leftSection={<IconSearch size={14} />}
          rightSection={
            query === '' ? null : (
              <CloseButton
                size="xs"
                aria-label={t('machines.clearSearch')}
                onClick={() => {
                  setQuery('');
                  // The button disappears and would lose the focus.
                  search.current?.focus();
                }}
              />
            )
          }
          value={query}
          onChange={(event) => setQuery(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape') setQuery('');
            if (event.key === 'Enter' || event.key === 'ArrowDown') {
              const first = ids[0];
              if (first !== undefined && (selected === null || !ids.includes(selected))) select(first);
              box.current?.focus();
              event.preventDefault();
            }
          }}
        />
        <div ref={chips}>
          <StateChips only={only === 'absent' ? 'all' : only} onOnly={setOnly} absent={null} room={width} />
        </div>
      </div>
      <div
        className={classes['list']}
        {...handlers}
        {...(!inCapture && { onContextMenu: menu.onContextMenu, onClickCapture: menu.onClickCapture })}
      >
        {ids.length === 0 ? (
          <EmptyNote title={t('machines.noneMatch')}>
            <button
              type="button"
              className={classes['plain']}
              onClick={() => {
                setQuery('');
                setOnly('all');
              }}
            >
              {t('machines.showAll')}
            </button>
          </EmptyNote>
        ) : (
          <VirtualList
            ref={box}
            label={t('machines.list')}
            ids={ids}
            rowHeight={rowHeights.machine}
            selected={selected}
            onSelect={select}
            onEscape={onEscape}
            renderRow={renderRow}
            itemOf={(vmcNo) => useCrema.getState().machines.get(vmcNo)}
          />
        )}
      </div>
      {menu.place !== null && (
        <MachineMenu
          place={menu.place}
          onGive={menu.give}
          onClose={() => {
            menu.close();
            box.current?.focus();
          }}
        />
      )}
    </div>
  );
}
