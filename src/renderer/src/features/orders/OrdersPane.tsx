import { useEffect, useRef, useState } from 'react';
import { useConfig, useCrema, wantOrder } from '../../store';
import { formatRoute } from '../../store/route';
import { useWords } from '../../text/useWords';
import { SearchField } from '../../ui/SearchField';
import type { ListHandle } from '../../ui/VirtualList';
import { OrderList } from './OrderList';
import classes from './Orders.module.css';

/** Orders of one machine, or of all: a search above the list. */
export function OrdersPane({ vmcNo }: { readonly vmcNo: number | null }) {
  const { t } = useWords();
  const [query, setQuery] = useState('');
  const list = useRef<ListHandle>(null);
  const wanted = useCrema((s) => s.wantedOrder);
  useEffect(() => {
    if (wanted === null) return;
    setQuery(wanted);
    wantOrder(null);
  }, [wanted]);
  return (
    <section className={classes['pane']} aria-label={t('orders.title')}>
      <div className={classes['tools']}>
        <SearchField
          label={t('orders.searchLabel')}
          placeholder={t(vmcNo === null ? 'orders.search' : 'orders.searchOfMachine')}
          clearLabel={t('orders.clearSearch')}
          value={query}
          onChange={setQuery}
          onLeave={() => list.current?.focus()}
        />
        {vmcNo !== null && <Answers vmcNo={vmcNo} />}
      </div>
      <OrderList
        key={vmcNo}
        ref={list}
        vmcNo={vmcNo}
        query={query.trim()}
        onClearSearch={() => setQuery('')}
      />
    </section>
  );
}

/** Who answers this machine's QR requests, and where that is changed. */
function Answers({ vmcNo }: { readonly vmcNo: number }) {
  const { t } = useWords();
  const { qrAnswers } = useConfig(vmcNo);
  return (
    <p className={classes['answers']}>
      <span className="dim">{t(qrAnswers === 'auto' ? 'orders.answersAuto' : 'orders.answersHand')}</span>{' '}
      <a href={formatRoute({ screen: 'machines', vmcNo, tab: 'settings' })}>{t('orders.answersChange')}</a>
    </p>
  );
}
