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
import { Banner } from './Banner';
import classes from './Banners.module.css';

/** The window shows a capture: its name, its progress, unread parts, and the way back to live. */
export function CaptureBanner() {
  const words = useWords();
  const { t } = words;
  const capture = useCrema(shownCapture);
  const job = useCrema(({ jobs, source }) => jobs.find(({ id }) => id === source) ?? null);
  const cancel = useRequest('cancelJob');
  const [error, setError] = useState<AppError | null>(null);
  if (capture === null) return null;
  const troubles = captureTroubles(words, capture);
  const isReading = capture.reading.state === 'running';
  return (
    <Banner
      kind="mode"
      icon={<IconHistory size={18} aria-hidden />}
      actions={
        <>
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
          <Button variant="default" onClick={() => void showLive().then(setError)}>
            {t('capture.toLive')}
          </Button>
        </>
      }
    >
      <strong>{t('capture.banner', { file: capture.fileName })}</strong>{' '}
      {isReading ? (
        <>
          {t('capture.reading')} {job !== null && <ReadingProgress job={job} />}
        </>
      ) : (
        <>
          <span className="tabular">{captureFacts(words, capture)}</span> · {clockWords(words, true)} ·{' '}
          {t('capture.nothingSent')}
        </>
      )}
      {troubles.map((trouble) => (
        <p key={trouble}>{trouble}</p>
      ))}
      <ErrorNote error={cancel.error ?? error} />
    </Banner>
  );
}

/** In the same line, so that nothing moves at the end. Hidden from screen readers, which would announce each update. */
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
