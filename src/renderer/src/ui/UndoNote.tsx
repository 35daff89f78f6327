import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useWords } from '../text/useWords';
import classes from './UndoNote.module.css';

interface UndoNoteProps {
  /** The removed or changed thing. */
  readonly text: string;
  readonly onUndo: () => void;
  /** Further buttons. */
  readonly children?: ReactNode;
}

/** A report of a change that can be undone, and the button that undoes it. */
export function UndoNote({ text, onUndo, children }: UndoNoteProps) {
  const { t } = useWords();
  return (
    <p className={classes['undo']} role="status">
      <span title={text}>{text}</span>
      <Button size="compact-xs" variant="default" onClick={onUndo}>
        {t('app.undo')}
      </Button>
      {children}
    </p>
  );
}
