import { Button } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useConfig, useCrema, useMayBeRelayed, wantOrder } from '../../store';
import { isOneDay } from '../../store/orderTotals';
import { anyOrder, type OrderChoice } from '../../store/orders';
import { isFlag, useRemembered } from '../../store/remembered';
import { formatRoute } from '../../store/route';
import { isCapture } from '../../store/source';
import { useWords } from '../../text/useWords';
import type { Words } from '../../text/words';
import { Boundary } from '../../ui/Boundary';
import { FoldButton } from '../../ui/FoldButton';
import { SearchField } from '../../ui/SearchField';
import type { ListHandle } from '../../ui/VirtualList';
import { OrderList } from './OrderList';
import { soughtOrderNo } from '../../text/orderNo';
import { sumName } from '../../text/orderWords';
import { Totals } from './Totals';
import classes from './Orders.module.css';

interface OrdersPaneProps {
  readonly vmcNo: number | null;
  /** The heading of the screen, in the line of the controls. */
  readonly title?: ReactNode;
}

/** Orders of one machine, or of all: a search above the list, their totals beside it. */
export function OrdersPane({ vmcNo, title }: OrdersPaneProps) {
  const { t } = useWords();
  const [query, setQuery] = useState(() => useCrema.getState().wantedOrder ?? '');
  /** The order from a link, until the user changes the search. */
  const [sought, setSought] = useState(query);
  const [choice, setChoice] = useState<OrderChoice>(anyOrder);
  const [totals, setTotals] = useRemembered('orderTotalsShown', false, isFlag);
  const list = useRef<ListHandle>(null);
  useEffect(() => {
    wantOrder(null);
    return useCrema.subscribe(({ wantedOrder }) => {
      if (wantedOrder === null) return;
      setQuery(wantedOrder);
      setSought(wantedOrder);
      // Clear every filter that could hide the order.
      setChoice(anyOrder);
      wantOrder(null);
    });
  }, []);
  const { during } = choice;
  return (
    <section className={classes['pane']} aria-label={t('orders.title')}>
      <div className={classes['tools']} data-tools>
        {title}
        <SearchField
          label={t('orders.searchLabel')}
          placeholder={t(vmcNo === null ? 'orders.search' : 'orders.searchOfMachine')}
          clearLabel={t('orders.clearSearch')}
          value={query}
          onChange={setQuery}
          onLeave={() => list.current?.focus()}
        />
        <FoldButton label={t('orderTotals.show')} isOpen={totals} onToggle={setTotals} />
        <Chosen choice={choice} onClear={() => setChoice(anyOrder)} />
        {vmcNo !== null && <Answers vmcNo={vmcNo} />}
      </div>
      <OrderList
        // Each machine and time has its own list.
        key={`${vmcNo} ${during?.from} ${during?.to}`}
        ref={list}
        vmcNo={vmcNo}
        choice={choice}
        query={soughtOrderNo(query.trim())}
        seeks={query !== '' && query === sought && choice === anyOrder}
        onClearSearch={() => {
          setQuery('');
          setChoice(anyOrder);
        }}
        beside={
          totals ? (
            <Boundary where="totals of orders" of={vmcNo}>
              <Totals key={vmcNo} vmcNo={vmcNo} choice={choice} onChoose={setChoice} />
            </Boundary>
          ) : null
        }
      />
    </section>
  );
}

function daysOf(words: Words, during: NonNullable<OrderChoice['during']>): string {
  const from = words.date(during.from);
  return isOneDay(during) ? from : words.t('orderTotals.fromTo', { from, to: words.date(during.to - 1) });
}

interface ChosenProps {
  readonly choice: OrderChoice;
  readonly onClear: () => void;
}
/** The filter of the listed orders, with a button to clear it. */
function Chosen({ choice, onClear }: ChosenProps) {
  const words = useWords();
  const { during, product, payType, currency } = choice;
  const parts = [
    during === null ? null : daysOf(words, during),
    product === null ? null : sumName(words, 'products', { key: product, name: null }),
    payType === null ? null : sumName(words, 'payTypes', { key: payType, name: null }),
    currency,
  ].filter((part) => part !== null);
  if (parts.length === 0) return null;
  return (
    <Button
      variant="light"
      size="compact-sm"
      rightSection={<IconX size={13} />}
      aria-description={words.t('orderTotals.noLonger')}
      onClick={onClear}
    >
      {parts.join(' · ')}
    </Button>
  );
}

/** The setting for answers to this machine's QR requests, with a link to it. */
function Answers({ vmcNo }: { readonly vmcNo: number }) {
  const { t } = useWords();
  const { qrAnswers } = useConfig(vmcNo);
  const isRelayed = useMayBeRelayed(vmcNo);
  const inCapture = useCrema(isCapture);
  if (inCapture) return null;
  return (
    <p className={classes['answers']}>
      <span className="dim">{t(`orders.answers.${isRelayed ? 'relayed' : qrAnswers}`)}</span>{' '}
      <a href={formatRoute({ screen: 'machines', vmcNo, tab: 'settings' })}>{t('orders.answersChange')}</a>
    </p>
  );
}
