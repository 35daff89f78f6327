import type { ReactNode } from 'react';
import classes from './Note.module.css';

interface EmptyNoteProps {
  readonly title: string;
  readonly text?: string;
  /** The next step. */
  readonly children?: ReactNode;
}

/** A note for an empty view, with the next step. */
export function EmptyNote({ title, text, children }: EmptyNoteProps) {
  return (
    <div className={classes['empty']}>
      <p className={classes['emptyTitle']}>{title}</p>
      {text !== undefined && <p className="dim">{text}</p>}
      {children}
    </div>
  );
}
