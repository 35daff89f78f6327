import { CloseButton, TextInput } from '@mantine/core';
import { IconArrowsSort, IconSearch, IconTable } from '@tabler/icons-react';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { MachineStatus } from '#shared/model/machine';
import { useCrema } from '../../../store';
import { matches, statusOrder } from '../../../store/machines';
import { navigate } from '../../../store/navigate';
import { useWords } from '../../../text/useWords';
import { EmptyNote } from '../../../ui/EmptyNote';
import { StateShape } from '../../../ui/StateShape';
import { VirtualList, type ListHandle } from '../../../ui/VirtualList';
import { KeyHint } from '../../../ui/KeyTable';
import { ariaKey } from '../../../ui/keys';
import { act } from '../../../ui/useAction';
import { useHeldOrder } from '../../../ui/useHeldOrder';
import { useHotkey } from '../../../ui/useHotkey';
import { MachineLine } from './MachineLine';
import { rowHeights } from '../../../ui/rows';
import classes from './MachineList.module.css';

/** Closes the view beside the list first. */
const onEscape = (): void => {
  if (!act('close')) toTable();
};
const toTable = (): void => navigate({ screen: 'machines', vmcNo: null, tab: 'overview' });

type Filter = MachineStatus | 'all';

/** All machines, worst first, with a search and a status filter. */
export function MachineList() {
  const { t } = useWords();
  const list = useCrema((s) => s.list);
  const route = useCrema((s) => s.route);
  const [query, setQuery] = useState('');
  const [filter, setFilter] = useState<Filter>('all');
  // Rows affect the order only during a search.
  const searched = useCrema((s) => (query.trim() === '' ? null : s.machines));
  const live = useMemo(
    () =>
      list.order.filter((vmcNo) => {
        if (filter !== 'all' && list.statuses.get(vmcNo) !== filter) return false;
        const row = searched?.get(vmcNo);
        return searched === null || (row !== undefined && matches(row, query));
      }),
    [list, filter, searched, query],
  );
  const { ids, behind, catchUp, handlers } = useHeldOrder(live, `${filter} ${query}`);

  const search = useRef<HTMLInputElement>(null);
  const box = useRef<ListHandle>(null);
  // Focus the list for a user who comes to this screen, unless the focus is elsewhere.
  useEffect(() => {
    const { activeElement } = document;
    if (activeElement === document.body || activeElement?.closest('nav')) box.current?.focus();
  }, []);
  useHotkey('search', () => search.current?.select());
  const selected = route.screen === 'machines' ? route.vmcNo : null;
  const tab = route.screen === 'machines' ? route.tab : 'overview';
  const select = useCallback(
    (vmcNo: number) => navigate({ screen: 'machines', vmcNo, tab }, 'replace'),
    [tab],
  );
  const renderRow = useCallback((vmcNo: number) => <MachineLine vmcNo={vmcNo} />, []);

  return (
    <div className={classes['pane']}>
      <div className={classes['tools']}>
        <button type="button" className={classes['back']} onClick={toTable}>
          <IconTable size={14} aria-hidden /> {t('overview.back')} <KeyHint name="close" />
        </button>
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
        <Chips filter={filter} onFilter={setFilter} />
      </div>
      {behind && (
        <button
          type="button"
          className={classes['behind']}
          onClick={() => {
            catchUp();
            box.current?.focus();
          }}
        >
          <IconArrowsSort size={14} aria-hidden /> {t('machines.changed')}
        </button>
      )}
      <div className={classes['list']} {...handlers}>
        {ids.length === 0 ? (
          <EmptyNote title={t('machines.noneMatch')}>
            <button
              type="button"
              className={classes['chip']}
              onClick={() => {
                setQuery('');
                setFilter('all');
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
    </div>
  );
}

function Chips({
  filter,
  onFilter,
}: {
  readonly filter: Filter;
  readonly onFilter: (filter: Filter) => void;
}) {
  const words = useWords();
  const { t } = words;
  const counts = useCrema((s) => s.list.counts);
  const total = useCrema((s) => s.machines.size);
  const present = statusOrder.filter((status) => counts[status] > 0 || status === filter);
  const chip = (name: Filter, count: number) => (
    <button
      key={name}
      type="button"
      className={classes['chip']}
      aria-pressed={filter === name}
      onClick={() => onFilter(filter === name ? 'all' : name)}
    >
      {name !== 'all' && <StateShape status={name} size={11} decorative />}
      {name === 'all' ? t('machines.all') : t(`state.${name}`)}
      <span className="tabular dim">{words.number(count)}</span>
    </button>
  );
  return (
    <div role="group" aria-label={t('machines.filter')} className={classes['chips']}>
      {chip('all', total)}
      {present.map((status) => chip(status, counts[status]))}
    </div>
  );
}
