import { lineStates, type Run } from '#shared/model/run';
import { useWords } from '../text/useWords';
import { LineShape } from './LineShape';
import classes from './RunTotals.module.css';
import { Ticking } from './Ticking';

/** The number of a run's machines in each state. */
export function RunCounts({ counts }: Pick<Run, 'counts'>) {
  const words = useWords();
  return lineStates
    .filter((each) => counts[each] > 0)
    .map((each) => (
      <span key={each} className={classes['total']} data-total={each}>
        <LineShape state={each} />
        {words.t('work.counted', { count: counts[each], state: words.t(`work.line.${each}`) })}
      </span>
    ));
}

/** The counts, and the event that the run waits for. */
export function RunTotals({ run: { state, counts, waits, nextAt, first } }: { readonly run: Run }) {
  const words = useWords();
  const { t } = words;
  return (
    <>
      <p className={classes['totals']} aria-label={t('work.detail.totals')} role="group">
        <RunCounts counts={counts} />
      </p>
      {state === 'running' && waits === null && first === 'awaited' && counts.waiting > 0 && (
        <p>{t('work.firstNote')}</p>
      )}
      {state === 'running' && waits !== null && (
        <p>
          <Ticking
            text={(now) =>
              t(`work.waitsNote.${waits}`, { time: words.duration(Math.max(0, (nextAt ?? now) - now)) })
            }
          />
        </p>
      )}
    </>
  );
}
