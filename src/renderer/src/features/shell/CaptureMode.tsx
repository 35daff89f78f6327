import { Button, Progress } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { useState } from 'react';
import type { AppError } from '#shared/contract/errors';
import type { Job } from '#shared/model/capture';
import { useRequest } from '../../bridge/request';
import { showLive } from '../../bridge/source';
import { useCrema } from '../../store';
import { shownCapture } from '../../store/source';
import { captureFacts, clockWords, captureTroubles, jobFacts, percentOf } from '../../text/captureWords';
import { useWords } from '../../text/useWords';
import { ErrorNote } from '../../ui/ErrorNote';
import { usePace } from '../../ui/usePace';
import { ModeChip } from './ModeChip';
import classes from './CaptureMode.module.css';

/** The window shows a capture: its name, its progress, unread parts, and the way back to live. */
export function CaptureMode() {
  const words = useWords();
  const { t } = words;
  const capture = useCrema(shownCapture);
  const job = useCrema(({ jobs, source }) => jobs.find(({ id }) => id === source) ?? null);
  const cancel = useRequest('cancelJob');
  const [error, setError] = useState<AppError | null>(null);
  // A site has a line of its own.
  if (capture?.site !== null) return null;
  const troubles = captureTroubles(words, capture);
  const isReading = capture.reading.state === 'running';
  const facts = `${captureFacts(words, capture)} · ${clockWords(words, true)} · ${t('capture.nothingSent')}`;
  const name = t('capture.banner', { file: capture.fileName });
  const toLive = (): void => void showLive().then(setError);
  return (
    <ModeChip
      icon={<IconHistory size={14} aria-hidden />}
      label={isReading ? t('mode.captureReading', { percent: percentOf(job) }) : t('mode.capture')}
      spoken={[name, isReading ? t('capture.reading') : facts, ...troubles].join(' ')}
      isTrouble={troubles.length > 0 || cancel.error !== null || error !== null}
      end={{ label: t('capture.toLive'), busy: false, run: toLive }}
    >
      <p>
        <strong>{name}</strong> {isReading ? t('capture.reading') : <span className="tabular">{facts}</span>}
      </p>
      {isReading && job !== null && <ReadingProgress job={job} />}
      {troubles.map((trouble) => (
        <p key={trouble}>{trouble}</p>
      ))}
      {isReading && (
        <Button
          variant="default"
          loading={cancel.busy}
          title={t('capture.cancelNote')}
          onClick={() => void cancel.run({ id: capture.id })}
        >
          {t('capture.cancel')}
        </Button>
      )}
      <Button variant="default" onClick={toLive}>
        {t('capture.toLive')}
      </Button>
      <ErrorNote error={cancel.error ?? error} />
    </ModeChip>
  );
}

/** Hidden from screen readers, which would announce each update. */
function ReadingProgress({ job }: { readonly job: Job }) {
  const words = useWords();
  const pace = usePace(job);
  return (
    <span className={classes['reading']} aria-live="off">
      <Progress
        className={classes['readingBar'] ?? ''}
        size="sm"
        value={percentOf(job)}
        aria-label={words.t('capture.job.progress', { file: job.fileName })}
        transitionDuration={0}
      />
      <span className="tabular">{jobFacts(words, job, pace)}</span>
    </span>
  );
}
