import { Button } from '@mantine/core';
import { memo, useCallback } from 'react';
import type { Run } from '#shared/model/run';
import { useRuns } from '../../bridge/runs';
import { useCrema } from '../../store';
import { useRemembered } from '../../store/remembered';
import { navigate } from '../../store/navigate';
import { machineTable } from '../../store/route';
import { runState, runTitle } from '../../text/runWords';
import { useWords } from '../../text/useWords';
import { EmptyNote } from '../../ui/EmptyNote';
import { HistoryList, isShare } from '../../ui/HistoryList';
import { RunCountsOfLine } from '../../ui/RunTotals';
import { Ago } from '../../ui/Ticking';
import { RunDetail } from './RunDetail';
import { rowHeights } from '../../ui/rows';
import classes from './Work.module.css';

const idOf = ({ id }: Run): number => id;
const always = (): boolean => true;

interface RunsPaneProps {
  readonly wanted: number | null;
  /** The user left that run. */
  readonly onLeft: () => void;
}

/** All runs, newest first, with one opened beside them. `wanted`: a run to open when it is loaded. */
export function RunsPane({ wanted, onLeft }: RunsPaneProps) {
  const { t } = useWords();
  const history = useRuns();
  const [share, setShare] = useRemembered('runListShare', 45, isShare);
  const line = useCallback((run: Run) => <RunRow run={run} />, []);
  return (
    <HistoryList<Run>
      {...history}
      words={{
        list: t('work.runs.label'),
        resize: t('work.runs.resize'),
        unreadable: t('work.runs.unreadable'),
        readSoFar: (count) => t('work.runs.readSoFar', { count }),
        older: t('work.runs.older'),
        newer: (count) => t('work.runs.newer', { count }),
      }}
      idOf={idOf}
      finds={always}
      wanted={wanted}
      onLeft={onLeft}
      columns={<Columns />}
      renderLine={line}
      rowHeight={rowHeights.list}
      nothing={
        <EmptyNote title={t('work.runs.none')} text={t('work.runs.noneText')}>
          <Button onClick={() => navigate(machineTable('all'))}>{t('work.runs.toMachines')}</Button>
        </EmptyNote>
      }
      searched={false}
      share={share}
      onShare={setShare}
      renderDetail={({ row, close, step }) => (
        <RunDetail key={row.id} run={row} onClose={close} onStep={step} />
      )}
    />
  );
}

const RunRow = memo(function RunRow({ run }: { readonly run: Run }) {
  const words = useWords();
  const { id, state, startedAt, machines } = run;
  const packages = useCrema((s) => s.packages);
  const title = runTitle(words, run, packages);
  return (
    <div className={classes['line']} data-run={id} data-state={state}>
      <Ago at={startedAt} />
      <span title={title}>{title}</span>
      <span className={classes['outcome']}>
        {!(state === 'ended' && run.end === 'finished') && (
          <span className={classes['state']} data-state={state}>
            {runState(words, run)}
          </span>
        )}
        {(state === 'ended' || machines > 1) && <RunCountsOfLine counts={run.counts} />}
      </span>
      <span className="tabular">{words.t('work.start.machines', { count: machines })}</span>
    </div>
  );
});

function Columns() {
  const { t } = useWords();
  return (
    <div className={classes['columns']}>
      <span>{t('work.runs.begun')}</span>
      <span>{t('work.runs.what')}</span>
      <span>{t('work.runs.outcome')}</span>
      <span>{t('work.runs.machines')}</span>
    </div>
  );
}
