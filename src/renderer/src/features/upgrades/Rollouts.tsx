import { Button } from '@mantine/core';
import { memo, useMemo } from 'react';
import type { Run } from '#shared/model/run';
import { useRequest } from '../../bridge/request';
import { useRuns } from '../../bridge/runs';
import { useCrema } from '../../store';
import { formatRoute } from '../../store/route';
import { packageOf } from '../../store/upgrades';
import { runState, runTitle } from '../../text/runWords';
import { useWords } from '../../text/useWords';
import { AskOnce } from '../../ui/AskOnce';
import { Boundary } from '../../ui/Boundary';
import { ErrorNote } from '../../ui/ErrorNote';
import { Panel } from '../../ui/Panel';
import { RunTotals } from '../../ui/RunTotals';
import { Ago } from '../../ui/Ticking';
import classes from './Rollouts.module.css';
import screen from './Upgrades.module.css';

/** Packages that were rolled out, newest first: how far each rollout is, and what can be done about it. */
export function Rollouts() {
  const { t } = useWords();
  const { rows, begun, complete, error, more } = useRuns();
  const rollouts = useMemo(() => rows.filter((run) => packageOf(run) !== null), [rows]);
  return (
    <Panel title={t('upgrades.rollouts')}>
      <div className={screen['stack']}>
        <ErrorNote error={error} />
        {begun && rollouts.length === 0 && <p className="dim">{t('upgrades.rolloutsNone')}</p>}
        {rollouts.length > 0 && (
          <ul className={classes['rollouts']} aria-label={t('upgrades.rollouts')}>
            {rollouts.map((run) => (
              <Boundary key={run.id} as="item" where={`rollout ${run.id}`} of={run}>
                <Rollout run={run} />
              </Boundary>
            ))}
          </ul>
        )}
        {begun && !complete && (
          <div>
            <Button variant="default" size="compact-xs" onClick={more}>
              {t('upgrades.older')}
            </Button>
          </div>
        )}
      </div>
    </Panel>
  );
}

const Rollout = memo(function Rollout({ run: known }: { readonly run: Run }) {
  const words = useWords();
  const { t } = words;
  const run = useCrema((s) => s.openRuns.get(known.id)) ?? known;
  const control = useRequest('controlRun');
  const { id, state, startedAt, machines, counts } = run;
  const title = runTitle(words, run);
  return (
    <li className={classes['rollout']} data-rollout={id} data-state={state}>
      <p className={classes['head']}>
        <strong>{title}</strong>
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
      <div className={classes['buttons']}>
        {(state === 'running' || state === 'paused') && (
          <Button
            variant="default"
            size="compact-sm"
            loading={control.busy}
            onClick={() => void control.run({ id, to: state === 'running' ? 'pause' : 'resume' })}
          >
            {t(state === 'running' ? 'work.detail.pause' : 'work.detail.resume')}
          </Button>
        )}
        {state !== 'ended' && (
          <AskOnce
            key={state}
            label={t(state === 'stopping' ? 'work.detail.leave' : 'work.detail.stop')}
            question={t(state === 'stopping' ? 'work.detail.leaveAsk' : 'work.detail.stopAsk')}
            danger
            onYes={() => void control.run({ id, to: 'stop' })}
          />
        )}
        <a href={formatRoute({ screen: 'work', tab: 'runs', run: id })}>{t('upgrades.record')}</a>
      </div>
      <ErrorNote error={control.error} />
    </li>
  );
});
