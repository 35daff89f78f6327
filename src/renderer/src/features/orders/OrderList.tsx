import { Button } from '@mantine/core';
import { useCallback, type ReactNode, type Ref } from 'react';
import type { OrderRecord } from '#shared/model/history';
import { useOrders } from '../../bridge/history';
import { useCrema } from '../../store';
import { navigate } from '../../store/navigate';
import { anyOrder, type OrderChoice } from '../../store/orders';
import { useRemembered } from '../../store/remembered';
import { useWords, WordsOf } from '../../text/useWords';
import { EmptyNote } from '../../ui/EmptyNote';
import { HistoryList, isShare } from '../../ui/HistoryList';
import type { ListHandle } from '../../ui/VirtualList';
import { OrderDetail } from './OrderDetail';
import { OrderColumns, OrderLine } from './OrderLine';
import { useOrderSearch } from './useOrderSearch';
import { rowHeights } from '../../ui/rows';

interface OrderListProps {
  readonly vmcNo: number | null;
  readonly choice: OrderChoice;
  readonly query: string;
  /** The search is for an existing order. */
  readonly seeks: boolean;
  /** Shown beside the list while no order is open. */
  readonly beside: ReactNode;
  readonly onClearSearch: () => void;
  readonly ref: Ref<Pick<ListHandle, 'focus'>>;
}

const idOf = ({ entry }: OrderRecord): number => entry;

export function OrderList({ vmcNo, choice, query, seeks, beside, onClearSearch, ref }: OrderListProps) {
  const { t } = useWords();
  const history = useOrders(vmcNo, choice.during);
  const [share, setShare] = useRemembered('orderListShare', 58, isShare);
  const ofAll = vmcNo === null;
  const search = useOrderSearch(query, choice);
  const finds = useCallback((order: OrderRecord) => search(order), [search]);
  const searched = query !== '' || choice !== anyOrder;
  const line = useCallback((order: OrderRecord) => <OrderLine order={order} ofAll={ofAll} />, [ofAll]);
  return (
    <HistoryList
      ref={ref}
      {...history}
      words={{
        list: t('orders.list'),
        resize: t('orders.resize'),
        unreadable: t('orders.unreadable'),
        readSoFar: (count) => t('orders.readSoFar', { count }),
        older: t('orders.older'),
        newer: (count) => t('orders.newer', { count }),
      }}
      idOf={idOf}
      finds={finds}
      columns={<OrderColumns ofAll={ofAll} />}
      renderLine={line}
      rowHeight={rowHeights.list}
      nothing={<Nothing searched={searched} onClearSearch={onClearSearch} />}
      searched={searched}
      seeks={seeks}
      beside={beside}
      share={share}
      onShare={setShare}
      renderDetail={({ row, close, step }) => (
        <WordsOf vmcNo={row.vmcNo}>
          <OrderDetail key={row.entry} order={row} ofAll={ofAll} onClose={close} onStep={step} />
        </WordsOf>
      )}
    />
  );
}

interface NothingProps {
  readonly searched: boolean;
  readonly onClearSearch: () => void;
}
/** Why the list is empty, and what to do at the machine. */
function Nothing({ searched, onClearSearch }: NothingProps) {
  const { t } = useWords();
  const noMachine = useCrema((s) => s.machines.size === 0);
  if (searched)
    return (
      <EmptyNote title={t('orders.noneMatch')}>
        <Button variant="default" onClick={onClearSearch}>
          {t('orders.clearSearch')}
        </Button>
      </EmptyNote>
    );
  return (
    <EmptyNote title={t('orders.none')} text={t('orders.noneText')}>
      {noMachine && <Button onClick={() => navigate({ screen: 'connect' })}>{t('orders.toConnect')}</Button>}
    </EmptyNote>
  );
}
