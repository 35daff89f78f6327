import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './Note.module.css';

interface WarningNoteProps {
  /** The note appeared after a click, and is announced at once. */
  readonly role?: 'alert';
  readonly children: ReactNode;
}

/** A warning before an action. */
export function WarningNote({ role, children }: WarningNoteProps) {
  return (
    <div role={role} className={classes['warning']}>
      <IconAlertTriangle size={16} aria-hidden />
      <div>{children}</div>
    </div>
  );
}
