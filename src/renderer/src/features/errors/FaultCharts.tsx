import { useMemo } from 'react';
import type { CodeSum, FaultSums } from '#shared/model/faultSums';
import { useWords } from '../../text/useWords';
import { Chart, type ChartPoint } from '../../ui/chart/Chart';
import { lastDays, shares } from './sums';
import classes from './Sums.module.css';

/** More bars could not be distinguished. */
const codesDrawn = 12;
const daysDrawn = 30;

export interface Day {
  readonly from: number;
  readonly to: number;
}

interface FaultChartsProps {
  readonly sums: FaultSums;
  /** The code of the days' counts; `null`: all codes. */
  readonly code: string | null;
  readonly onCode: (code: string) => void;
  readonly onDay: (day: Day) => void;
}

/** Charts of faults by day and by code; each bar opens its list. */
export function FaultCharts({ sums, code, onCode, onDay }: FaultChartsProps) {
  const words = useWords();
  const { t, number } = words;
  const days = useMemo(() => lastDays(sums.days, sums.at, daysDrawn), [sums.days, sums.at]);
  const dayPoints = useMemo(
    () =>
      days.map(({ from, faults }): ChartPoint => {
        const date = new Date(from);
        return {
          key: String(from),
          label: `${date.getMonth() + 1}/${date.getDate()}`,
          name: words.date(from),
          value: faults,
        };
      }),
    [days, words],
  );
  const most = useMemo(() => sums.codes.slice(0, codesDrawn), [sums.codes]);
  const codePoints = useMemo(
    () =>
      most.map((sum: CodeSum): ChartPoint => ({
        key: sum.code,
        label: sum.code.replace(/^(?:ERROR|WARNING):/, ''),
        name: `${words.errorTitle(sum.code)} ${sum.code}`,
        value: sum.faults,
      })),
    [most, words],
  );
  const line = useMemo(
    () => ({
      label: t('faults.chart.share'),
      format: (value: number) => `${Math.round(value)} %`,
      values: shares(sums.codes).slice(0, codesDrawn),
    }),
    [sums.codes, t],
  );
  return (
    <div className={classes['charts']}>
      <Chart
        title={
          code === null
            ? t('faults.chart.byDay', { count: daysDrawn })
            : t('faults.chart.byDayOf', { count: daysDrawn, code })
        }
        kind="bars"
        points={dayPoints}
        xLabel={t('faults.chart.day')}
        yLabel={t('faults.chart.faults')}
        format={number}
        openHint={t('faults.chart.openDay')}
        onOpen={(index) => {
          const day = days[index];
          if (day !== undefined) onDay({ from: day.from, to: day.to });
        }}
      />
      <Chart
        title={t('faults.chart.pareto')}
        kind="bars"
        points={codePoints}
        xLabel={t('faults.chart.code')}
        yLabel={t('faults.chart.faults')}
        format={number}
        line={line}
        openHint={t('faults.chart.openCode')}
        onOpen={(index) => {
          const sum = most[index];
          if (sum !== undefined) onCode(sum.code);
        }}
      />
    </div>
  );
}
