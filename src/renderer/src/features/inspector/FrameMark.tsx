import { IconBookmarkFilled, IconNote } from '@tabler/icons-react';
import type { FrameRow } from '#shared/model/frame';
import { useWords } from '../../text/useWords';
import classes from './Detail.module.css';

/** What a person attached to the opened frame: the mark, and the whole note. */
export function FrameMark({ mark }: { readonly mark: FrameRow['mark'] }) {
  const { t } = useWords();
  const note = mark?.note ?? '';
  return (
    <>
      {mark?.marked === true && (
        <p className={classes['attached']}>
          <IconBookmarkFilled size={13} aria-hidden />
          <span className={classes['marked']}>{t('frames.mark.marked')}</span>
        </p>
      )}
      {note !== '' && (
        <p className={classes['attached']}>
          <IconNote size={13} role="img" aria-label={t('frames.mark.note')} />
          <span>{note}</span>
        </p>
      )}
    </>
  );
}
