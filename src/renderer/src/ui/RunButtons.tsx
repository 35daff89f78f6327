import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { Run } from '#shared/model/run';
import { useWords } from '../text/useWords';
import { AskOnce } from './AskOnce';

interface RunButtonsProps {
  readonly run: Run;
  readonly busy: boolean;
  readonly onTo: (to: 'pause' | 'resume' | 'stop') => void;
}

/** Buttons to pause, continue or stop a run, and to stop waiting for its commands. */
export function RunButtons({ run, busy, onTo }: RunButtonsProps) {
  const { t } = useWords();
  // A run can also pause by itself. A press that began on another button must not trigger this one.
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
        // After a late proof there is nothing left to decide.
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

/** Whether the primary pointer button is down. An element that moves then would lose its click. */
function usePressed(): boolean {
  const [pressed, setPressed] = useState(false);
  useEffect(() => {
    const stop = new AbortController();
    const { signal } = stop;
    const end = (): void => setPressed(false);
    const begin = ({ button }: PointerEvent): void => setPressed(button === 0);
    window.addEventListener('pointerdown', begin, { capture: true, signal });
    for (const name of ['pointerup', 'pointercancel'])
      window.addEventListener(name, end, { capture: true, signal });
    // The window's own blur: the focused element's blur does not bubble.
    window.addEventListener('blur', end, { signal });
    return () => stop.abort();
  }, []);
  return pressed;
}
