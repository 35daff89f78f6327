import { lineStates, type Run } from '#shared/model/run';
import { useWords } from '../text/useWords';
import { LineShape } from './LineShape';
import classes from './RunTotals.module.css';
import { Ticking } from './Ticking';

/** How many machines of a run are how far, and when the next wave begins. */
export function RunTotals({ run: { counts, nextAt } }: { readonly run: Run }) {
  const words = useWords();
  const { t } = words;
  return (
    <>
      <p className={classes['totals']} aria-label={t('work.detail.totals')} role="group">
        {lineStates
          .filter((state) => counts[state] > 0)
          .map((state) => (
            <span key={state} className={classes['total']} data-total={state}>
              <LineShape state={state} />
              {words.number(counts[state])} {t(`work.line.${state}`)}
            </span>
          ))}
      </p>
      {nextAt !== null && (
        <p>
          <Ticking
            text={(now) => t('work.detail.nextWave', { time: words.duration(Math.max(0, nextAt - now)) })}
          />
        </p>
      )}
    </>
  );
}
