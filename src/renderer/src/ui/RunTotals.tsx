import { lineStates, type LineState, type Run } from '#shared/model/run';
import { useWords } from '../text/useWords';
import { LineShape } from './LineShape';
import classes from './RunTotals.module.css';
import { Ticking } from './Ticking';

/** The number of a run's machines in each state. */
function RunCounts({ counts }: Pick<Run, 'counts'>) {
  return countsOf(counts).map((each) => (
    <span key={each} className={classes['total']} data-total={each}>
      <LineShape state={each} />
      <Counted state={each} count={counts[each]} />
    </span>
  ));
}

/**
 * The same in a line of a list, which hides the words (`data-words`) or the bare number (`data-count`) by its width. Failures come first: the
 * rest may be cut.
 */
export function RunCountsOfLine({ counts }: Pick<Run, 'counts'>) {
  const { t, number } = useWords();
  const states = countsOf(counts).toSorted((a, b) => Number(b === 'failed') - Number(a === 'failed'));
  return states.map((each) => (
    <span
      key={each}
      className={classes['total']}
      data-total={each}
      title={t('work.counted', { count: counts[each], state: t(`work.line.${each}`) })}
    >
      <LineShape state={each} />
      <span data-words>
        <Counted state={each} count={counts[each]} />
      </span>
      <span data-count>{number(counts[each])}</span>
    </span>
  ));
}

const countsOf = (counts: Run['counts']): readonly LineState[] =>
  lineStates.filter((each) => counts[each] > 0);

function Counted({ state, count }: { readonly state: LineState; readonly count: number }) {
  const { t } = useWords();
  return t('work.counted', { count, state: t(`work.line.${state}`) });
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
