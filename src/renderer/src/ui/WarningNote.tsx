import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './Note.module.css';

interface WarningNoteProps {
  /** It came with a click, and is said at once. */
  readonly role?: 'alert';
  readonly children: ReactNode;
}

/** What to mind before something is done. */
export function WarningNote({ role, children }: WarningNoteProps) {
  return (
    <div role={role} className={classes['warning']}>
      <IconAlertTriangle size={16} aria-hidden />
      <div>{children}</div>
    </div>
  );
}
