import { Button, Progress } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { AppError } from '#shared/contract/errors';
import type { Staging } from '#shared/model/upgrade';
import { paceOf, transferWords } from '../text/upgradeWords';
import { useWords } from '../text/useWords';
import { ErrorNote } from './ErrorNote';
import { Ticking } from './Ticking';
import classes from './StagingLine.module.css';

interface StagingLineProps {
  readonly staging: Staging;
  readonly cancel: {
    readonly run: (args: undefined) => Promise<boolean>;
    readonly busy: boolean;
    readonly error: AppError | null;
  };
}

/** A file being imported: name, progress, remaining time, and a cancel button. */
export function StagingLine({ staging, cancel }: StagingLineProps) {
  const { t } = useWords();
  const { fileName, phase, done, total } = staging;
  return (
    <div className={classes['staging']}>
      <div className={classes['stagingHead']}>
        <span role="status">{t(`upgrades.staging.${phase}`, { file: fileName })}</span>
        <Button variant="default" loading={cancel.busy} onClick={() => void cancel.run(undefined)}>
          {t('app.cancel')}
        </Button>
      </div>
      <Progress
        size="sm"
        value={total === 0 ? 0 : (done / total) * 100}
        aria-label={t(phase === 'exporting' ? 'packages.exportProgress' : 'upgrades.stagingProgress')}
        transitionDuration={0}
      />
      <Speed key={phase} done={done} total={total} />
      <ErrorNote error={cancel.error} />
    </div>
  );
}

/** Measured since this phase was first displayed. */
function Speed({ done, total }: { readonly done: number; readonly total: number }) {
  const words = useWords();
  const [began] = useState(() => ({ at: Date.now(), done }));
  const latest = useRef(done);
  useEffect(() => {
    latest.current = done;
  }, [done]);
  return (
    <Ticking
      className="tabular dim"
      text={(now) => {
        if (total === 0) return '';
        const { rate } = paceOf(latest.current - began.done, total, now - began.at);
        const left = rate === null ? null : ((total - latest.current) * 1000) / rate;
        return transferWords(words, { done: latest.current, total, rate, left });
      }}
    />
  );
}
