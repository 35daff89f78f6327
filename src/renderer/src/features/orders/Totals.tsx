import { Button, SegmentedControl, Tooltip } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useMemo, useState, useSyncExternalStore } from 'react';
import type { AppError } from '#shared/contract/errors';
import { sumKinds, type OrderBucket, type OrderSums } from '#shared/model/orderSums';
import { useOrderSums } from '../../bridge/orderSums';
import { request } from '../../bridge/request';
import { useCrema } from '../../store';
import { beginOf, dayAfter, daysDrawn, isSpan, spans, type Span } from '../../store/orderTotals';
import type { OrderChoice } from '../../store/orders';
import { useRemembered } from '../../store/remembered';
import { isCapture } from '../../store/source';
import { useWords } from '../../text/useWords';
import { Boundary } from '../../ui/Boundary';
import { EmptyNote } from '../../ui/EmptyNote';
import { ErrorNote } from '../../ui/ErrorNote';
import { clock, onTick } from '../../ui/ticker';
import { OrderChart } from './OrderChart';
import { columnsOf, SumTable } from './SumTable';
import { orderTableWords } from '../../text/orderWords';
import classes from './Totals.module.css';

interface TotalsProps {
  readonly vmcNo: number | null;
  readonly choice: OrderChoice;
  readonly onChoose: (choice: OrderChoice) => void;
}

/** Order totals beside the list; a click on a line lists its orders. */
export function Totals(props: TotalsProps) {
  const { t } = useWords();
  const [span, setSpan] = useRemembered<Span>('orderTotalsSpan', 'week', isSpan);
  // A capture has its own time.
  const inCapture = useCrema(isCapture);
  const shown = inCapture ? 'all' : span;
  const day = useDay();
  return (
    <section className={classes['totals']} aria-label={t('orderTotals.title')}>
      <header>
        <h2>{t('orderTotals.title')}</h2>
        {!inCapture && (
          <SegmentedControl
            size="xs"
            transitionDuration={0}
            aria-label={t('orderTotals.span')}
            value={span}
            onChange={(value) => isSpan(value) && setSpan(value)}
            data={spans.map((value) => ({ value, label: t(`orderTotals.spans.${value}`) }))}
          />
        )}
      </header>
      <SpanTotals key={`${shown} ${day}`} span={shown} day={day} inCapture={inCapture} {...props} />
    </section>
  );
}

interface SpanTotalsProps extends TotalsProps {
  readonly span: Span;
  /** The start of today. */
  readonly day: number;
  readonly inCapture: boolean;
}
/** For one span and day; another one is a new component. */
function SpanTotals({ vmcNo, span, day, inCapture, choice, onChoose }: SpanTotalsProps) {
  const { t } = useWords();
  const from = beginOf(span, day);
  const { sums, error } = useOrderSums({ vmcNo, from, to: null });
  const during = useMemo(() => (from === null ? null : { from, to: dayAfter(day) }), [from, day]);
  if (sums === null)
    return error === null ? null : (
      <EmptyNote title={t('orderTotals.unreadable')}>
        <ErrorNote error={error} />
      </EmptyNote>
    );
  return (
    <div className={classes['body']}>
      <ErrorNote error={error} />
      {sums.totals.length === 0 ? (
        <p className="dim">{t('orderTotals.none')}</p>
      ) : (
        <>
          <Summary sums={sums} inCapture={inCapture} />
          {span !== 'today' && (
            <Boundary where="chart of orders" of={sums}>
              <OrderChart count={daysDrawn[span]} perDay={sums.perDay} at={sums.at} onChoose={onChoose} />
            </Boundary>
          )}
          {sumKinds.map((kind) => (
            <Boundary key={kind} where={`totals: ${kind}`} of={sums}>
              <SumTable
                kind={kind}
                sums={sums[kind]}
                several={sums.totals.length > 1}
                columns={columnsOf(sums.totals)}
                choice={choice}
                during={during}
                onChoose={onChoose}
              />
            </Boundary>
          ))}
          <Save vmcNo={vmcNo} from={from} />
        </>
      )}
      {sums.unread > 0 && <p className="dim">{t('orderTotals.unread', { count: sums.unread })}</p>}
    </div>
  );
}

/** Amounts of money, and counts of other orders, separately. */
function Summary({ sums, inCapture }: { readonly sums: OrderSums; readonly inCapture: boolean }) {
  const words = useWords();
  const { t } = words;
  const total = useMemo(() => {
    const count = (bucket: OrderBucket): number =>
      sums.totals.reduce((sum, { cells }) => sum + cells[bucket].count, 0);
    return {
      money: sums.totals.flatMap(({ currency, cells: { made } }) =>
        made.count > 0 ? [{ currency, amount: made.amount }] : [],
      ),
      made: count('made'),
      failed: count('failed'),
      unpaid: count('unpaid'),
      open: count('open'),
      free: count('free'),
      rehearsedMade: count('rehearsedMade'),
      rehearsedOther: count('rehearsedOther'),
    };
  }, [sums]);
  const facts = (['made', 'failed', 'unpaid', 'open', 'free'] as const).filter(
    (bucket) => total[bucket] > 0 || bucket === 'made',
  );
  const notes = { made: 'moneyNote', open: 'openNote', free: 'freeNote' } as const;
  const rehearsed = total.rehearsedMade + total.rehearsedOther;
  return (
    <div>
      <dl className={classes['summary']}>
        <div>
          <dt>{t('orderTotals.money')}</dt>
          <dd>
            {total.money.length === 0
              ? words.yuan(0)
              : total.money.map(({ currency, amount }) => (
                  <div key={currency}>{words.amountIn(currency, amount)}</div>
                ))}
          </dd>
        </div>
        {facts.map((bucket) => (
          <div
            key={bucket}
            title={bucket in notes ? t(`orderTotals.${notes[bucket as keyof typeof notes]}`) : ''}
          >
            <dt>{t(`orderTotals.bucket.${bucket}`)}</dt>
            <dd>{words.number(total[bucket])}</dd>
          </div>
        ))}
        {rehearsed > 0 && (
          <div data-rehearsed title={t('orderTotals.rehearsedNote')}>
            <dt>{t('orderTotals.rehearsed')}</dt>
            <dd>{words.number(rehearsed)}</dd>
          </div>
        )}
      </dl>
      {rehearsed > 0 && <p className={classes['note']}>{t('orderTotals.rehearsedNote')}</p>}
      {inCapture && <p className={classes['note']}>{t('orderTotals.captureNote')}</p>}
    </div>
  );
}

function Save({ vmcNo, from }: { readonly vmcNo: number | null; readonly from: number | null }) {
  const words = useWords();
  const { t } = words;
  const [busy, setBusy] = useState(false);
  const [saved, setSaved] = useState<string | null>(null);
  const [error, setError] = useState<AppError | null>(null);
  const save = async (): Promise<void> => {
    setBusy(true);
    setError(null);
    setSaved(null);
    const reply = await request('saveOrderTotals', { vmcNo, from, to: null, words: orderTableWords(words) });
    setBusy(false);
    if (reply.ok) setSaved(reply.value);
    else setError(reply.error);
  };
  return (
    <div className={classes['save']}>
      <Tooltip label={t('orderTotals.rehearsedNote')}>
        <Button
          variant="default"
          leftSection={<IconDownload size={14} />}
          loading={busy}
          onClick={() => void save()}
        >
          {t('orderTotals.save')}
        </Button>
      </Tooltip>
      {saved !== null && <span role="status">{t('orderTotals.saved', { file: saved })}</span>}
      <ErrorNote error={error} />
    </div>
  );
}

const today = (): number => new Date(clock()).setHours(0, 0, 0, 0);

/** Start of the window's current day, ms; changes at midnight. */
const useDay = (): number => useSyncExternalStore(onTick, today);
