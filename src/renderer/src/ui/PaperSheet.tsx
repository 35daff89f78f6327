import { Button, Group, Modal } from '@mantine/core';
import { IconFileTypePdf } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import type { AppError } from '#shared/contract/errors';
import type { Reply } from '#shared/contract/requests/index';
import { useWords } from '../text/useWords';
import { ErrorNote } from './ErrorNote';
import { useFocusBack } from './useFocusBack';
import classes from './PaperSheet.module.css';

interface PaperSheetProps {
  readonly title: string;
  /** Nothing is to be saved before all of it is there. */
  readonly isReady?: boolean;
  /** Writes what is printed to a file; its name, or `null`: none was chosen. */
  readonly onSave: () => Promise<Reply<'saveSheet'>>;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** Something to be read from two steps away, or on paper: then nothing else of the window is printed. */
export function PaperSheet({ title, isReady = true, onSave, onClose, children }: PaperSheetProps) {
  const { t } = useWords();
  useFocusBack();
  const [saved, setSaved] = useState<string | null>(null);
  const [error, setError] = useState<AppError | null>(null);
  const save = async (): Promise<void> => {
    const reply = await onSave();
    setError(reply.ok ? null : reply.error);
    if (reply.ok) setSaved(reply.value);
  };
  return (
    <Modal
      opened
      fullScreen
      title={title}
      onClose={onClose}
      transitionProps={{ duration: 0 }}
      closeOnEscape={false}
      lockScroll={false}
      closeButtonProps={{ 'aria-label': t('app.sheet.close') }}
      classNames={{
        root: classes['root'] ?? '',
        header: classes['header'] ?? '',
        title: classes['title'] ?? '',
      }}
      onKeyDown={(event) => {
        // Keys meant for it do not reach the screen behind; the focus trap lives on Tab.
        if (event.key !== 'Tab') event.stopPropagation();
        if (event.key !== 'Escape' || event.defaultPrevented) return;
        event.preventDefault();
        onClose();
      }}
    >
      {children}
      <Group gap="sm" className={classes['actions']}>
        <Button
          leftSection={<IconFileTypePdf size={15} aria-hidden />}
          disabled={!isReady}
          onClick={() => void save()}
        >
          {t('app.sheet.save')}
        </Button>
        <Button variant="default" onClick={onClose}>
          {t('app.sheet.close')}
        </Button>
        <span role="status">{saved !== null && t('app.sheet.saved', { file: saved })}</span>
        <ErrorNote error={error} />
      </Group>
    </Modal>
  );
}
