import { Button } from '@mantine/core';
import type { FrameList } from '../../../bridge/frames';
import { useCrema } from '../../../store';
import { shownCapture } from '../../../store/source';
import { useWords } from '../../../text/useWords';
import { EmptyNote } from '../../../ui/EmptyNote';
import { ErrorNote } from '../../../ui/ErrorNote';
import { usePast } from '../filter/usePast';
import classes from './SearchProgress.module.css';

interface LookingProps {
  readonly frames: FrameList;
}

/** How far back the search has come, and the way to stop it or to go on. */
function Progress({ frames }: LookingProps) {
  const words = useWords();
  const { t } = words;
  const { looked, error, lookOn, stopLooking } = frames;
  const to = looked?.to ?? null;
  const when = to === null ? null : words.dateTime(to);
  if (error !== null)
    return (
      <>
        <ErrorNote error={error} />
        <Button size="compact-xs" variant="default" onClick={lookOn}>
          {t('app.again')}
        </Button>
      </>
    );
  if (looked?.stopped === true)
    return (
      <>
        <span>{when === null ? t('frames.lookedUnknown') : t('frames.lookedTo', { when })}</span>
        <Button size="compact-xs" variant="default" onClick={lookOn}>
          {t('frames.lookOn')}
        </Button>
      </>
    );
  return (
    <>
      <span>{when === null ? t('frames.looking') : t('frames.lookingTo', { when })}</span>
      <Button size="compact-xs" variant="default" onClick={stopLooking}>
        {t('frames.stop')}
      </Button>
    </>
  );
}

/** Above the list, over its first line. */
export function LookedBack({ frames }: LookingProps) {
  return (
    <div className={classes['over']} role="status">
      <Progress frames={frames} />
    </div>
  );
}

interface NothingProps extends LookingProps {
  readonly isFiltering: boolean;
  readonly onClearFilter: () => void;
}
/** Why the list is empty, and the way out. */
export function Nothing({ frames, isFiltering, onClearFilter }: NothingProps) {
  const { t } = useWords();
  const { log, error } = frames;
  const capture = useCrema(shownCapture);
  const isReading = capture?.reading.state === 'running';
  const isOver = usePast(useCrema((s) => s.followed.text)) !== null;
  if (error !== null && log.next === undefined)
    return (
      <EmptyNote title={t('frames.unreadable')}>
        <ErrorNote error={error} />
      </EmptyNote>
    );
  if (log.next === undefined) return null;
  const isLooking = log.next !== null || log.after !== null;
  if (isReading)
    return (
      <EmptyNote
        title={t(isFiltering ? 'frames.noneYet' : 'frames.reading')}
        text={t('frames.readingText')}
      />
    );
  if (!isFiltering && !isLooking)
    return <EmptyNote title={t(capture === null ? 'frames.none' : 'frames.noneInFile')} />;
  return (
    <EmptyNote
      title={t(isLooking ? 'frames.noneYet' : 'frames.noneMatch')}
      {...(isLooking || isOver || capture !== null ? {} : { text: t('frames.noneMatchText') })}
    >
      {isLooking && (
        <div className={classes['progress']} role="status">
          <Progress frames={frames} />
        </div>
      )}
      {isFiltering && (
        <Button variant="default" onClick={onClearFilter}>
          {t('frames.filter.clear')}
        </Button>
      )}
    </EmptyNote>
  );
}
