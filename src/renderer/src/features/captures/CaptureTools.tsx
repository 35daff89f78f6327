import { Button, Group } from '@mantine/core';
import { IconFileExport, IconFolderOpen, IconRepeat } from '@tabler/icons-react';
import { askExport, askReplay, useCrema } from '../../store';
import { useWords } from '../../text/useWords';
import { ErrorNote } from '../../ui/ErrorNote';
import { ariaKey, withKey } from '../../ui/keys';
import { useOpenCapture } from './useOpenCapture';

/** Buttons to open and export captures, beside the frames. */
export function CaptureTools() {
  const { t } = useWords();
  const { open, busy, error } = useOpenCapture();
  const replay = useCrema((s) => s.replay);
  return (
    <Group gap="sm">
      <ErrorNote error={error} />
      <Button
        variant="default"
        leftSection={<IconFolderOpen size={14} aria-hidden />}
        aria-keyshortcuts={ariaKey('openFile')}
        title={withKey(t('capture.openNote'), 'openFile')}
        loading={busy}
        onClick={open}
      >
        {t('capture.open')}
      </Button>
      <Button
        variant="default"
        leftSection={<IconFileExport size={14} aria-hidden />}
        onClick={() => askExport('chosen')}
      >
        {t('capture.export')}
      </Button>
      <Button
        variant={replay === null ? 'default' : 'light'}
        leftSection={<IconRepeat size={14} aria-hidden />}
        title={t('replay.openNote')}
        onClick={() => askReplay(true)}
      >
        {replay === null
          ? t('replay.open')
          : t('replay.opened', { sent: replay.sent, frames: replay.frames })}
      </Button>
    </Group>
  );
}
