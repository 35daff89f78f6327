import type { ReactNode } from 'react';
import { Dialog } from '../../../../ui/Dialog';
import { WarningNote } from '../../../../ui/WarningNote';
import { AskFoot } from './AskFoot';
import type { FormProps } from './types';
import classes from './Ask.module.css';

interface AskPlainProps extends Pick<FormProps, 'busy' | 'error'> {
  readonly title: string;
  readonly yes: string;
  readonly children: ReactNode;
  readonly onYes: () => void;
  readonly onClose: () => void;
}

/** A confirmation for an action that is not a command. */
export function AskPlain({ title, yes, busy, error, children, onYes, onClose }: AskPlainProps) {
  return (
    <Dialog title={title} onClose={onClose}>
      <form
        className={classes['form']}
        onSubmit={(event) => {
          event.preventDefault();
          onYes();
        }}
      >
        <WarningNote>{children}</WarningNote>
        <AskFoot yes={yes} ready autoFocus busy={busy} error={error} onCancel={onClose} />
      </form>
    </Dialog>
  );
}
