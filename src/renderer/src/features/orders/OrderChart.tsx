import { useMemo } from 'react';
import type { OrderSums } from '#shared/model/orderSums';
import { dayAfter, lastDays } from '../../store/orderTotals';
import { anyOrder, type OrderChoice } from '../../store/orders';
import { useWords } from '../../text/useWords';
import { Chart, type ChartPoint } from '../../ui/chart/Chart';

interface OrderChartProps {
  readonly perDay: OrderSums['perDay'];
  /** Number of days, today last. */
  readonly count: number;
  /** The time of the sums. */
  readonly at: number;
  readonly onChoose: (choice: OrderChoice) => void;
}

/** Orders a day; a bar lists its orders. */
export function OrderChart({ perDay, count: length, at, onChoose }: OrderChartProps) {
  const words = useWords();
  const { t } = words;
  const drawn = useMemo(() => lastDays(perDay, at, length), [perDay, at, length]);
  const points = useMemo(
    () =>
      drawn.map(({ from, count }): ChartPoint => {
        const date = new Date(from);
        return {
          key: String(from),
          label: `${date.getMonth() + 1}/${date.getDate()}`,
          name: words.date(from),
          value: count,
        };
      }),
    [drawn, words],
  );
  return (
    <Chart
      title={t('orderTotals.chart', { days: length })}
      kind="bars"
      points={points}
      xLabel={t('orderTotals.day')}
      yLabel={t('orderTotals.orders')}
      format={words.number}
      height={120}
      openHint={t('orderTotals.chartOpens')}
      onOpen={(index) => {
        const day = drawn[index];
        if (day !== undefined) onChoose({ ...anyOrder, during: { from: day.from, to: dayAfter(day.from) } });
      }}
    />
  );
}
