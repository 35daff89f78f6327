import { ActionIcon, Button, Progress } from '@mantine/core';
import {
  IconAlertTriangle,
  IconBan,
  IconCheck,
  IconDownload,
  IconFileExport,
  IconFolderOpen,
  IconUpload,
  IconX,
} from '@tabler/icons-react';
import { useEffect, useEffectEvent, useState, useCallback, type ReactNode } from 'react';
import { isOver, type Job } from '#shared/model/capture';
import { useRequest } from '../../bridge/request';
import { isAsked, openCapture } from '../../bridge/source';
import { useCrema } from '../../store';
import { jobFacts, jobTitle, percentOf } from '../../text/captureWords';
import { useWords } from '../../text/useWords';
import { Boundary } from '../../ui/Boundary';
import { ErrorNote } from '../../ui/ErrorNote';
import { keepFocus } from '../../ui/keepFocus';
import { useHotkey } from '../../ui/useHotkey';
import { usePace } from '../../ui/usePace';
import classes from './Captures.module.css';
import type { AppError } from '#shared/contract/errors';

/** An opened capture has a tab, and the shown one displays its own progress. A masked file is sent next. */
const isSeenElsewhere = ({ what, capture, state }: Job, source: number | null): boolean =>
  (what === 'mask' && state === 'done') ||
  (capture !== null &&
    (state === 'done' || state === 'cancelled' || (state === 'running' && capture === source)));

/** Imports and exports: running ones, and results until someone has seen them. The shortcut opens a file from anywhere. */
export function Jobs() {
  const { t } = useWords();
  const jobs = useCrema((s) => s.jobs);
  const source = useCrema((s) => s.source);
  const { open, error } = useOpenCapture();
  useHotkey('openFile', open);
  // Jobs that ended before this window opened are hidden, except for the file it was opened with.
  const [dismissed, setDismissed] = useState<ReadonlySet<number>>(
    () => new Set(jobs.filter((job) => isOver(job) && !isAsked(job.id)).map(({ id }) => id)),
  );
  const dismiss = (gone: readonly Job[]): void =>
    setDismissed((old) => new Set([...old, ...gone.map(({ id }) => id)]));
  const lines = jobs.filter((job) => !dismissed.has(job.id) && !isSeenElsewhere(job, source));
  const ended = lines.filter(isOver);
  return (
    <section
      aria-label={t('capture.job.label')}
      hidden={lines.length === 0 && error === null}
      ref={keepFocus}
      tabIndex={-1}
      className={classes['jobs']}
    >
      <ErrorNote error={error} />
      {lines.map((job) => (
        <Boundary key={job.id} where={`job ${job.id}`} of={job} as="row">
          <JobLine job={job} onDismiss={() => dismiss([job])} />
        </Boundary>
      ))}
      {ended.length > 1 && (
        <div className={classes['clear']}>
          <Button size="compact-xs" variant="subtle" onClick={() => dismiss(ended)}>
            {t('capture.job.clear')}
          </Button>
        </div>
      )}
    </section>
  );
}

type IconSize = { readonly size: number; readonly 'aria-hidden': true };
const icons = {
  export: (size: IconSize) => <IconFileExport {...size} />,
  import: (size: IconSize) => <IconFolderOpen {...size} />,
  mask: (size: IconSize) => <IconUpload {...size} />,
  send: (size: IconSize) => <IconUpload {...size} />,
  fetch: (size: IconSize) => <IconDownload {...size} />,
} as const satisfies Record<Job['what'], (size: IconSize) => ReactNode>;

function JobIcon({ what, state }: Job) {
  const size = { size: 16, 'aria-hidden': true } as const;
  switch (state) {
    case 'waiting':
    case 'running':
      return icons[what](size);
    case 'done':
      return <IconCheck {...size} />;
    case 'failed':
      return <IconAlertTriangle {...size} />;
    case 'cancelled':
      return <IconBan {...size} />;
  }
}

/** ms for which successful and cancelled jobs are shown. Failed ones stay until the user closes them. */
const endedStays = 10_000;

/** Calls back after this time of visibility. Time counts only while the window is visible and nobody holds the note. */
function useSeen(counts: boolean, onSeen: () => void): void {
  const seen = useEffectEvent(onSeen);
  useEffect(() => {
    if (!counts) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const watch = (): void => {
      clearTimeout(timer);
      if (document.visibilityState === 'visible') timer = setTimeout(() => seen(), endedStays);
    };
    watch();
    document.addEventListener('visibilitychange', watch);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', watch);
    };
  }, [counts]);
}

interface JobLineProps {
  readonly job: Job;
  readonly onDismiss: () => void;
}
function JobLine({ job, onDismiss }: JobLineProps) {
  const words = useWords();
  const { t } = words;
  const { id, state, total, fileName } = job;
  const cancel = useRequest('cancelJob');
  const isEnded = isOver(job);
  const facts = jobFacts(words, job, usePace(job));
  const [isRead, setRead] = useState(false);
  useSeen(isEnded && state !== 'failed' && !isRead, onDismiss);
  return (
    <div
      className={classes['job']}
      data-line
      data-job={id}
      data-state={state}
      onPointerEnter={() => setRead(true)}
      onPointerLeave={() => setRead(false)}
      onFocus={() => setRead(true)}
      onBlur={() => setRead(false)}
    >
      <JobIcon {...job} />
      <div className={classes['jobText']}>
        <strong role="status">{jobTitle(words, job)}</strong>
        {facts !== '' && (
          <span className="tabular">
            {state === 'failed' ? ' ' : ' · '}
            {facts}
          </span>
        )}
        <ErrorNote error={cancel.error} />
      </div>
      {state === 'running' && total !== null && (
        <Progress
          className={classes['jobProgress'] ?? ''}
          size="sm"
          value={percentOf(job)}
          aria-label={t('capture.job.progress', { file: fileName })}
          transitionDuration={0}
        />
      )}
      {isEnded ? (
        <ActionIcon
          aria-label={t('capture.job.dismiss')}
          title={t('capture.job.dismiss')}
          onClick={onDismiss}
        >
          <IconX size={14} aria-hidden />
        </ActionIcon>
      ) : (
        <Button
          size="compact-xs"
          variant="default"
          loading={cancel.busy}
          onClick={() => void cancel.run({ id })}
        >
          {t('app.cancel')}
        </Button>
      )}
    </div>
  );
}

interface Opening {
  readonly open: () => void;
  /** The file dialog is open. */
  readonly busy: boolean;
  readonly error: AppError | null;
}

/** Asks for a file to open, with one dialog at a time. */
function useOpenCapture(): Opening {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<AppError | null>(null);
  const open = useCallback(async () => {
    if (busy) return;
    setBusy(true);
    setError(await openCapture());
    setBusy(false);
  }, [busy]);
  return { open: () => void open(), busy, error };
}
