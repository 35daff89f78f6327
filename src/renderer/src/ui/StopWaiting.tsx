import { Button } from '@mantine/core';
import { openStates, type Command } from '#shared/model/command';
import { useWords } from '../text/useWords';

interface StopWaitingProps {
  readonly command: Pick<Command, 'state'>;
  readonly busy: boolean;
  readonly onClick: () => void;
}

/** Cancels an unsent command, or stops waiting for a sent one. */
export function StopWaiting({ command: { state }, busy, onClick }: StopWaitingProps) {
  const { t } = useWords();
  if (!openStates.has(state)) return null;
  const what = state === 'queued' ? 'takeBack' : 'stopWaiting';
  return (
    <Button
      size="compact-xs"
      variant="default"
      loading={busy}
      title={t(`commandStop.${what}.note`)}
      onClick={onClick}
    >
      {t(`commandStop.${what}.name`)}
    </Button>
  );
}
