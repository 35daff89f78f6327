import { Button } from '@mantine/core';
import { useState } from 'react';
import type { Run } from '#shared/model/run';
import { useWords } from '../text/useWords';
import { AskOnce } from './AskOnce';
import { usePressed } from './usePressed';

interface RunButtonsProps {
  readonly run: Run;
  readonly busy: boolean;
  readonly onTo: (to: 'pause' | 'resume' | 'stop') => void;
}

/** Holds a run or lets it go on, stops it, and stops waiting for what it sent. */
export function RunButtons({ run, busy, onTo }: RunButtonsProps) {
  const { t } = useWords();
  // A run pauses by itself too: what was pressed when it was another button's is never this one's.
  const pressed = usePressed();
  const [shown, setShown] = useState(run);
  if (shown !== run && (shown.id !== run.id || (!pressed && !busy))) setShown(run);
  const { state, paused, first, counts } = shown;
  const resume = (): void => onTo('resume');
  const stops = state === 'stopping' ? 'leave' : 'stop';
  return (
    <>
      {state === 'running' && (
        <Button key="pause" variant="default" loading={busy} onClick={() => onTo('pause')}>
          {t('work.detail.pause')}
        </Button>
      )}
      {state === 'paused' &&
        // Proved late, nothing is left to say about it.
        (paused === 'firstWave' && first !== 'proved' ? (
          <AskOnce
            key="resumeAll"
            label={t('work.detail.resume')}
            question={t('work.detail.resumeAsk', { count: counts.waiting })}
            danger
            busy={busy}
            onYes={resume}
          />
        ) : (
          <Button key="resume" variant="default" loading={busy} onClick={resume}>
            {t('work.detail.resume')}
          </Button>
        ))}
      {state !== 'ended' && (
        <AskOnce
          key={stops}
          label={t(`work.detail.${stops}`)}
          question={t(`work.detail.${stops}Ask`)}
          danger
          onYes={() => onTo('stop')}
        />
      )}
    </>
  );
}
