import { UnstyledButton } from '@mantine/core';
import type { ReactNode } from 'react';
import { wantFrame } from '../../../store';
import { useWords } from '../../../text/useWords';
import classes from './Facts.module.css';

interface FrameLinkProps {
  readonly entry: number;
  readonly children: ReactNode;
}

/** A text that opens the frame that proves it. */
export function FrameLink({ entry, children }: FrameLinkProps) {
  const { t } = useWords();
  return (
    <UnstyledButton
      className={classes['frameLink']}
      aria-description={t('machine.evidence')}
      title={t('machine.evidence')}
      data-entry={entry}
      onClick={() => wantFrame(entry)}
    >
      {children}
    </UnstyledButton>
  );
}
