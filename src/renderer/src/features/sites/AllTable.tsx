import { SegmentedControl } from '@mantine/core';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { useCallback, useDeferredValue, useMemo, useRef, useState } from 'react';
import type { AppError } from '#shared/contract/errors';
import { showPlace } from '../../bridge/source';
import {
  allColumns,
  allOnlys,
  foundMachines,
  sortAfter,
  type AllMachines,
  type AllOnly,
  type AllSort,
} from '../../store/allSites';
import type { Route } from '../../store/route';
import { listed } from '../../text/phrases';
import { useWords } from '../../text/useWords';
import { EmptyNote } from '../../ui/EmptyNote';
import { ErrorNote } from '../../ui/ErrorNote';
import { rowHeights } from '../../ui/rows';
import { SearchField } from '../../ui/SearchField';
import { clock } from '../../ui/ticker';
import { useHeldOrder } from '../../ui/useHeldOrder';
import { VirtualList, type ListHandle } from '../../ui/VirtualList';
import { AllLine } from './AllLine';
import classes from './AllSites.module.css';

interface AllTableProps {
  readonly all: AllMachines;
  /** Only machines with active errors. */
  readonly ofErrors: boolean;
  /** Names of sites without any data yet. */
  readonly unread: readonly string[];
}

const isOnly = (value: string): value is AllOnly => allOnlys.some((one) => one === value);

/** The machines of all sites. Choosing one opens it in its site. */
export function AllTable({ all, ofErrors, unread }: AllTableProps) {
  const words = useWords();
  const { t } = words;
  const [typed, setTyped] = useState('');
  const query = useDeferredValue(typed);
  const [chosen, setChosen] = useState<AllOnly>('everyone');
  const only = ofErrors ? 'withErrors' : chosen;
  const [sort, setSort] = useState<AllSort>(null);
  const [cursor, setCursor] = useState<number | null>(null);
  const [error, setError] = useState<AppError | null>(null);
  const box = useRef<ListHandle>(null);
  const found = useMemo(
    () => foundMachines(all, { only, query, sort, now: clock() }),
    [all, only, query, sort],
  );
  const { ids, handlers } = useHeldOrder(found, JSON.stringify([only, query, sort]));
  const open = (key: number): void => {
    const row = all.rows.get(key);
    const place = all.places.get(key);
    if (row === undefined || place === undefined) return;
    const route: Route = { screen: 'machines', vmcNo: row.vmcNo, tab: ofErrors ? 'errors' : 'overview' };
    void showPlace(place.capture, route).then(setError);
  };
  const renderRow = useCallback(
    (key: number) => {
      const row = all.rows.get(key);
      const place = all.places.get(key);
      if (row === undefined || place === undefined) return null;
      return (
        <AllLine
          row={row}
          site={place.site}
          now={place.capture === null ? null : place.now}
          isAway={place.isAway}
          status={all.list.statuses.get(key) ?? 'offline'}
          state={all.list.states.get(key) ?? 'offline'}
          ofErrors={ofErrors}
        />
      );
    },
    [all, ofErrors],
  );
  const isListed = cursor !== null && ids.includes(cursor);
  return (
    <section className={classes['screen']} aria-label={t('sites.all.title')}>
      <div className={classes['tools']}>
        <SearchField
          label={t('sites.all.searchLabel')}
          placeholder={t('sites.all.search')}
          clearLabel={t('sites.menu.clear')}
          value={typed}
          onChange={setTyped}
          onLeave={() => {
            if (!isListed && ids[0] !== undefined) setCursor(ids[0]);
            box.current?.focus();
          }}
        />
        {!ofErrors && (
          <SegmentedControl
            size="xs"
            aria-label={t('sites.all.column.status')}
            value={chosen}
            onChange={(value) => isOnly(value) && setChosen(value)}
            data={allOnlys.map((value) => ({ value, label: t(`sites.all.${value}`) }))}
          />
        )}
        <span className="dim tabular" role="status">
          {t('sites.all.found', { count: found.length })}
        </span>
        {ofErrors && <span className="dim">{t('sites.all.errorsNote')}</span>}
        {unread.length > 0 && (
          <span className="dim">{t('sites.all.unread', { sites: listed(words, unread) })}</span>
        )}
        <ErrorNote error={error} />
      </div>
      <Head sort={sort} onSort={setSort} />
      <div className={classes['list']} {...handlers}>
        {ids.length === 0 ? (
          <EmptyNote title={t(ofErrors && query === '' ? 'sites.all.noneError' : 'sites.all.none')} />
        ) : (
          <VirtualList
            ref={box}
            label={t(ofErrors ? 'sites.all.errors' : 'sites.all.table')}
            ids={ids}
            rowHeight={rowHeights.table}
            selected={isListed ? cursor : null}
            onSelect={setCursor}
            onOpen={open}
            renderRow={renderRow}
            itemOf={(key) => all.rows.get(key)}
          />
        )}
      </div>
    </section>
  );
}

interface HeadProps {
  readonly sort: AllSort;
  readonly onSort: (sort: AllSort) => void;
}
/** Column headings. A press sorts, the second reverses the order, the third restores worst first. */
function Head({ sort, onSort }: HeadProps) {
  const { t } = useWords();
  return (
    <div className={classes['head']} role="group" aria-label={t('overview.headings')}>
      <span />
      {allColumns.map((column) => {
        const way = sort?.by === column ? (sort.down ? 'down' : 'up') : 'none';
        const name = t(`sites.all.column.${column}`);
        return (
          <button
            key={column}
            type="button"
            data-cell={column}
            aria-label={t(`overview.sorted.${way}`, { column: name })}
            onClick={() => onSort(sortAfter(sort, column))}
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
