import { useCallback, useRef, useState } from 'react';
import type { AppError } from '#shared/contract/errors';
import type { OrderRecord } from '#shared/model/history';
import { showPlace } from '../../bridge/source';
import { useAllOrders } from '../../bridge/useMerged';
import { wantOrder } from '../../store';
import type { MergedRow } from '../../store/merged';
import { anyOrder } from '../../store/orders';
import { soughtOrderNo } from '../../text/orderNo';
import { useWords } from '../../text/useWords';
import { EmptyNote } from '../../ui/EmptyNote';
import { ErrorNote } from '../../ui/ErrorNote';
import { HistoryList } from '../../ui/HistoryList';
import { MergedNotes, mergedError } from '../../ui/MergedNotes';
import { rowHeights } from '../../ui/rows';
import { SearchField } from '../../ui/SearchField';
import type { ListHandle } from '../../ui/VirtualList';
import { OrderColumns, OrderLine } from './OrderLine';
import { useOrderSearch } from './useOrderSearch';
import classes from './Orders.module.css';

type Row = MergedRow<OrderRecord>;
const keyOf = ({ key }: Row): number => key;
const renderLine = ({ place, row }: Row) => (
  <OrderLine order={row} ofAll site={place.site} isOfSite={place.capture !== null} />
);

/** The orders of this computer and of all read sites. Choosing one opens it in its site. */
export function AllOrders() {
  const { t } = useWords();
  const [query, setQuery] = useState('');
  const [error, setError] = useState<AppError | null>(null);
  const merged = useAllOrders(t('sites.live'));
  const search = useOrderSearch(soughtOrderNo(query.trim()), anyOrder);
  const finds = useCallback(({ row, place }: Row) => search(row, place.site), [search]);
  const list = useRef<ListHandle>(null);
  const open = ({ place, row }: Row): void => {
    const go = async (): Promise<void> => {
      const refused = await showPlace(place.capture, { screen: 'orders' });
      setError(refused);
      if (refused === null) wantOrder(row.orderNo);
    };
    void go();
  };
  return (
    <div className={classes['screen']}>
      <section className={classes['pane']} aria-label={t('sites.all.orders')}>
        <div className={classes['tools']} data-tools>
          <h1>{t('orders.title')}</h1>
          <SearchField
            label={t('orders.searchLabel')}
            placeholder={t('sites.all.searchOrders')}
            clearLabel={t('orders.clearSearch')}
            value={query}
            onChange={setQuery}
            onLeave={() => list.current?.focus()}
          />
          <MergedNotes merged={merged} />
          <ErrorNote error={error} />
        </div>
        <HistoryList
          ref={list}
          {...merged}
          error={mergedError(merged)}
          words={{
            list: t('sites.all.orders'),
            resize: t('orders.resize'),
            unreadable: t('orders.unreadable'),
            readSoFar: (count) => t('orders.readSoFar', { count }),
            older: t('orders.older'),
            newer: (count) => t('orders.newer', { count }),
          }}
          idOf={keyOf}
          finds={finds}
          columns={<OrderColumns ofAll ofSites />}
          renderLine={renderLine}
          rowHeight={rowHeights.list}
          nothing={<EmptyNote title={t(query === '' ? 'orders.none' : 'orders.noneMatch')} />}
          searched={query !== ''}
          onOpen={open}
        />
      </section>
    </div>
  );
}
