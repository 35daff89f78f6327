import { Button } from '@mantine/core';
import type { RunState } from '#shared/model/run';
import { useWords } from '../text/useWords';
import { AskOnce } from './AskOnce';

interface RunButtonsProps {
  readonly state: RunState;
  readonly busy: boolean;
  readonly onTo: (to: 'pause' | 'resume' | 'stop') => void;
}

/** Holds a run or lets it go on, stops it, and stops waiting for what it sent. */
export function RunButtons({ state, busy, onTo }: RunButtonsProps) {
  const { t } = useWords();
  return (
    <>
      {(state === 'running' || state === 'paused') && (
        <Button
          variant="default"
          loading={busy}
          onClick={() => onTo(state === 'running' ? 'pause' : 'resume')}
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
          onYes={() => onTo('stop')}
        />
      )}
    </>
  );
}
