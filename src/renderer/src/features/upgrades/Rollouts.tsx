import { Button } from '@mantine/core';
import { memo, useMemo, useState } from 'react';
import type { Run } from '#shared/model/run';
import { useRequest } from '../../bridge/request';
import { useRunLines, useRuns } from '../../bridge/runs';
import { useCrema } from '../../store';
import { formatRoute } from '../../store/route';
import { packageOf } from '../../store/upgrades';
import { lineWords, runState, runTitle } from '../../text/runWords';
import { useWords } from '../../text/useWords';
import { AskOnce } from '../../ui/AskOnce';
import { Boundary } from '../../ui/Boundary';
import { ErrorNote } from '../../ui/ErrorNote';
import { keepFocus } from '../../ui/keepFocus';
import { RunButtons } from '../../ui/RunButtons';
import { RunTotals } from '../../ui/RunTotals';
import { Ago } from '../../ui/Ticking';
import { GoBack } from './GoBack';
import { PagedPanel } from './PagedPanel';
import classes from './Rollouts.module.css';

/** Rollouts, newest first, with their progress and actions. */
export function Rollouts() {
  const { t } = useWords();
  const pages = useRuns();
  const { rows } = pages;
  const rollouts = useMemo(() => rows.filter((run) => packageOf(run) !== null), [rows]);
  return (
    <PagedPanel
      title={t('upgrades.rollouts')}
      pages={pages}
      none={t('upgrades.rolloutsNone')}
      isEmpty={rollouts.length === 0}
    >
      <ul className={classes['rollouts']} aria-label={t('upgrades.rollouts')}>
        {rollouts.map((run) => (
          <Boundary key={run.id} as="item" where={`rollout ${run.id}`} of={run}>
            <Rollout run={run} />
          </Boundary>
        ))}
      </ul>
    </PagedPanel>
  );
}

const Rollout = memo(function Rollout({ run: known }: { readonly run: Run }) {
  const words = useWords();
  const { t } = words;
  const run = useCrema((s) => s.openRuns.get(known.id)) ?? known;
  const control = useRequest('controlRun');
  const retry = useRequest('retryRun');
  const [goingBack, setGoingBack] = useState(false);
  const { id, state, startedAt, machines, counts } = run;
  const packages = useCrema((s) => s.packages);
  const title = runTitle(words, run, packages);
  // Stopped machines may have been offered the package; only their commands show that.
  const offered = counts.done + counts.unproven + counts.failed + counts.stopped;
  return (
    <li className={classes['rollout']} data-rollout={id} data-state={state}>
      <p className={classes['head']}>
        <strong>{title}</strong>
        <span className="tabular">{t('upgrades.doneOf', { done: counts.done, machines })}</span>
        <span className={classes['state']} data-state={state}>
          {runState(words, run)}
        </span>
        <span className="dim">
          <Ago at={startedAt} />
        </span>
      </p>
      <div className={classes['bar']} aria-hidden>
        {(['done', 'unproven', 'failed', 'running', 'stopped'] as const).map((each) => (
          <span key={each} data-part={each} style={{ width: `${(counts[each] / machines) * 100}%` }} />
        ))}
      </div>
      <RunTotals run={run} />
      {counts.failed > 0 && <Troubles run={run} />}
      <div ref={keepFocus} className={classes['buttons']}>
        <RunButtons run={run} busy={control.busy} onTo={(to) => void control.run({ id, to })} />
        {counts.failed + counts.stopped > 0 && (
          <AskOnce
            label={t('upgrades.retry', { count: counts.failed + counts.stopped })}
            question={t('upgrades.retryAsk')}
            busy={retry.busy}
            onYes={() => void retry.run({ run: id })}
          />
        )}
        {offered > 0 && (state === 'ended' || state === 'paused') && (
          <Button variant="default" onClick={() => setGoingBack(true)}>
            {t('upgrades.back.open')}
          </Button>
        )}
        <a href={formatRoute({ screen: 'work', tab: 'runs', run: id })}>{t('upgrades.record')}</a>
      </div>
      <ErrorNote error={control.error ?? retry.error} />
      {goingBack && <GoBack run={run} onClose={() => setGoingBack(false)} />}
    </li>
  );
});

/** Failed machines listed by name; others are only counted. */
const troublesShown = 5;

/** Failures by machine. */
function Troubles({ run }: { readonly run: Run }) {
  const words = useWords();
  const lines = useRunLines(run);
  const failed = (lines ?? []).filter(({ state }) => state === 'failed');
  const more = failed.length - troublesShown;
  return (
    <ul className={classes['troubles']}>
      {failed.slice(0, troublesShown).map((line) => (
        <li key={line.id}>
          <a href={formatRoute({ screen: 'machines', vmcNo: line.vmcNo, tab: 'commands' })}>{line.vmcNo}</a>{' '}
          {lineWords(words, run, line)}
        </li>
      ))}
      {more > 0 && <li className="dim">{words.t('upgrades.moreTroubles', { count: more })}</li>}
    </ul>
  );
}
