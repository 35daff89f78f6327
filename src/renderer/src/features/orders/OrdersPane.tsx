import { CloseButton, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useConfig } from '../../store';
import { formatRoute } from '../../store/route';
import { useWords } from '../../text/useWords';
import type { ListHandle } from '../../ui/VirtualList';
import { useHotkey } from '../../ui/useHotkey';
import { OrderList } from './OrderList';
import classes from './Orders.module.css';

/** Orders of one machine, or of all: a search above the list. */
export function OrdersPane({ vmcNo }: { readonly vmcNo: number | null }) {
  const { t } = useWords();
  const [query, setQuery] = useState('');
  const search = useRef<HTMLInputElement>(null);
  const list = useRef<ListHandle>(null);
  useHotkey('/', () => search.current?.select());
  return (
    <section className={classes['pane']} aria-label={t('orders.title')}>
      <div className={classes['tools']}>
        <TextInput
          ref={search}
          className={classes['search']}
          aria-label={t('orders.searchLabel')}
          aria-keyshortcuts="/"
          placeholder={t(vmcNo === null ? 'orders.search' : 'orders.searchOfMachine')}
          leftSection={<IconSearch size={14} />}
          rightSection={
            query === '' ? null : (
              <CloseButton size="xs" aria-label={t('orders.clearSearch')} onClick={() => setQuery('')} />
            )
          }
          value={query}
          onChange={(event) => setQuery(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape') setQuery('');
            if (event.key !== 'Enter' && event.key !== 'ArrowDown') return;
            list.current?.focus();
            event.preventDefault();
          }}
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
