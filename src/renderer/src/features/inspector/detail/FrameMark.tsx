import { IconBookmarkFilled, IconNote } from '@tabler/icons-react';
import type { FrameRow } from '#shared/model/frame';
import { useWords } from '../../../text/useWords';
import { Values } from './Fact';
import { shownMark } from './values';
import classes from './Detail.module.css';

/** The user's mark and note on the opened frame. */
export function FrameMark({ frame }: { readonly frame: FrameRow }) {
  const { t } = useWords();
  const { mark } = frame;
  const note = mark?.note ?? '';
  const values = shownMark(frame);
  return (
    <>
      {mark?.marked === true && (
        <p className={classes['attached']}>
          <IconBookmarkFilled size={13} aria-hidden />
          <Values of={values.slice(0, 1)}>
            <span className={classes['marked']}>{t('frames.mark.marked')}</span>
          </Values>
        </p>
      )}
      {note !== '' && (
        <p className={classes['attached']}>
          <IconNote size={13} role="img" aria-label={t('frames.mark.note')} />
          <Values of={values.slice(-1)}>
            <span>{note}</span>
          </Values>
        </p>
      )}
    </>
  );
}
