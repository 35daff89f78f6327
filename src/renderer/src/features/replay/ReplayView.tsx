import { Button, Checkbox, Group, Progress } from '@mantine/core';
import {
  IconDownload,
  IconPlayerPause,
  IconPlayerPlay,
  IconPlayerStop,
  IconPlayerTrackNext,
} from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { AppError } from '#shared/contract/errors';
import type { ReplayOutcome, ReplayState } from '#shared/model/replay';
import { allReplayRows } from '../../bridge/replay';
import { request, useRequest } from '../../bridge/request';
import { replayNext, replayProblem, replayTarget } from '../../text/replayWords';
import { useWords } from '../../text/useWords';
import { Boundary } from '../../ui/Boundary';
import { ErrorNote } from '../../ui/ErrorNote';
import { OutcomeShape } from './OutcomeShape';
import { ReplayRows } from './ReplayRows';
import { rowTable } from './rowTable';
import classes from './Replay.module.css';

const outcomes = [
  'same',
  'explained',
  'differs',
  'missing',
  'extra',
  'waiting',
] as const satisfies readonly ReplayOutcome[];

/** The progress of a replay: the next frame, and the received answers beside the recorded ones. */
export function ReplayView({ replay }: { readonly replay: ReplayState }) {
  const words = useWords();
  const { t } = words;
  const { status, sent, frames, next, counts, file } = replay;
  const control = useRequest('controlReplay');
  const [differing, setDiffering] = useState(false);
  const isOver = status !== 'running' && status !== 'paused';
  const problem = replayProblem(words, replay);
  const to = (what: 'pause' | 'resume' | 'next' | 'cancel' | 'end') => (): void =>
    void control.run({ to: what });
  return (
    <div className={classes['view']}>
      <p>
        <strong>{replayTarget(words, replay)}</strong>{' '}
        {file === null ? t('replay.ofLive') : t('replay.ofFile', { file })}
      </p>
      <div className={classes['state']} role="status" data-status={status}>
        <strong>{t(`replay.status.${status}`)}</strong>
        <span>{t('replay.progress', { sent, frames })}</span>
        {next !== null && status === 'running' && <Next next={next} />}
      </div>
      <Progress value={frames === 0 ? 0 : (100 * sent) / frames} size="sm" aria-hidden />
      {problem !== null && (
        <p role="alert" className={classes['problem']}>
          {problem}
        </p>
      )}
      <Group gap="sm">
        {!isOver && (
          <>
            <Button
              leftSection={<IconPlayerTrackNext size={14} aria-hidden />}
              disabled={next === null}
              onClick={to('next')}
              data-autofocus
            >
              {t('replay.sendNext')}
            </Button>
            {replay.pace !== 'step' && (
              <Button
                variant="default"
                leftSection={
                  status === 'paused' ? (
                    <IconPlayerPlay size={14} aria-hidden />
                  ) : (
                    <IconPlayerPause size={14} aria-hidden />
                  )
                }
                onClick={to(status === 'paused' ? 'resume' : 'pause')}
              >
                {t(status === 'paused' ? 'replay.resume' : 'replay.pause')}
              </Button>
            )}
            <Button
              variant="default"
              leftSection={<IconPlayerStop size={14} aria-hidden />}
              onClick={to('cancel')}
            >
              {t('replay.stop')}
            </Button>
            <span className="dim">{t('replay.continues')}</span>
          </>
        )}
        {isOver && (
          <Button variant="default" onClick={to('end')} data-autofocus>
            {t('replay.end')}
          </Button>
        )}
        <Save id={replay.id} />
      </Group>
      <ErrorNote error={control.error} />
      <div className={classes['counts']} role="group" aria-label={t('replay.counts')}>
        <span className={classes['label']}>{t('replay.counts')}</span>
        {outcomes.map((outcome) => (
          <span key={outcome} className={classes['count']} title={t(`replay.outcomeNote.${outcome}`)}>
            <OutcomeShape outcome={outcome} />
            {t(`replay.outcome.${outcome}`)} <strong>{words.number(counts[outcome])}</strong>
          </span>
        ))}
        <Checkbox
          size="xs"
          label={t('replay.differing')}
          checked={differing}
          onChange={(event) => setDiffering(event.currentTarget.checked)}
        />
      </div>
      <Boundary where="rows of the replay" of={differing}>
        <ReplayRows key={`${replay.id} ${differing}`} differing={differing} />
      </Boundary>
    </div>
  );
}

/** The next frame and its time, by this computer's clock even in a capture. */
function Next({ next }: { readonly next: NonNullable<ReplayState['next']> }) {
  const words = useWords();
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, []);
  return <span className="dim">{replayNext(words, next, now)}</span>;
}

/** Saves all rows as a table. */
function Save({ id }: { readonly id: number }) {
  const words = useWords();
  const { t } = words;
  const [saved, setSaved] = useState<string | null>(null);
  const [error, setError] = useState<AppError | null>(null);
  const save = async (): Promise<void> => {
    const rows = rowTable(words, await allReplayRows());
    const reply = await request('saveTable', { name: `crema-replay-${id}.csv`, rows });
    setError(reply.ok ? null : reply.error);
    setSaved(reply.ok ? reply.value : null);
  };
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconDownload size={14} aria-hidden />}
        onClick={() => void save()}
      >
        {t('replay.save')}
      </Button>
      {saved !== null && <span role="status">{t('replay.saved', { file: saved })}</span>}
      <ErrorNote error={error} />
    </>
  );
}
