import { Button, Group } from '@mantine/core';
import type { ReactNode } from 'react';
import type { AppError } from '#shared/contract/errors';
import { navigate } from '../../../../store/navigate';
import { useWords } from '../../../../text/useWords';
import { ErrorNote } from '../../../../ui/ErrorNote';
import classes from './Ask.module.css';

interface AskFootProps {
  /** A short label for the confirming button. */
  readonly yes: string;
  readonly ready: boolean;
  readonly busy: boolean;
  readonly error: AppError | null;
  readonly autoFocus?: boolean;
  readonly onCancel: () => void;
  readonly children?: ReactNode;
}

/** The end of a dialog: the error, and the buttons to send or cancel. The surrounding form sends. */
export function AskFoot({ yes, ready, busy, error, autoFocus, onCancel, children }: AskFootProps) {
  const { t } = useWords();
  const unreachable = error?.code === 'updatesOff' || error?.code === 'updatesUnreachable';
  return (
    <>
      <ErrorNote error={error} />
      <Group gap="sm" justify="flex-end" className={classes['foot']}>
        {children}
        {unreachable && (
          <Button variant="default" onClick={() => navigate({ screen: 'settings', page: 'listen' })}>
            {t('control.toSettings')}
          </Button>
        )}
        <Button variant="default" onClick={onCancel}>
          {t('app.cancel')}
        </Button>
        <Button type="submit" loading={busy} disabled={!ready} data-autofocus={autoFocus || undefined}>
          {yes}
        </Button>
      </Group>
    </>
  );
}
