import { Box, Button, Group, Select, Stack } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { AppError } from '#shared/contract/errors';
import type { ReplyValue } from '#shared/contract/requests/index';
import type { Crash } from '#shared/model/crash';
import { request } from '../../bridge/request';
import { askSupport } from '../../store';
import { useWords } from '../../text/useWords';
import { CopyButton } from '../../ui/Copyable';
import { Dialog } from '../../ui/Dialog';
import { ErrorNote } from '../../ui/ErrorNote';
import classes from './CrashDialog.module.css';

interface CrashDialogProps {
  readonly crashes: readonly Crash[];
  readonly onClose: () => void;
}

/** The notes about what stopped working. */
export function CrashDialog({ crashes, onClose }: CrashDialogProps) {
  const { t, dateTime } = useWords();
  const [chosen, setChosen] = useState(crashes.at(-1)?.id ?? '');
  const [note, setNote] = useState<ReplyValue<'crashNote'> | null>(null);
  const [error, setError] = useState<AppError | null>(null);
  useEffect(() => {
    let isCurrent = true;
    const read = async (): Promise<void> => {
      const reply = await request('crashNote', { id: chosen });
      if (!isCurrent) return;
      setNote(reply.ok ? reply.value : null);
      setError(reply.ok ? null : reply.error);
    };
    void read();
    return () => {
      isCurrent = false;
    };
  }, [chosen]);
  return (
    <Dialog title={t('crash.title')} size={760} onClose={onClose}>
      <Stack gap="sm">
        <p className="dim">{t('crash.note')}</p>
        {crashes.length > 1 && (
          <Select
            label={t('crash.which')}
            value={chosen}
            allowDeselect={false}
            data={crashes
              .toReversed()
              .map(({ id, what, at }) => ({ value: id, label: `${dateTime(at)} · ${t(`crash.${what}`)}` }))}
            onChange={(value) => value !== null && setChosen(value)}
          />
        )}
        <ErrorNote error={error} />
        {note !== null && (
          <>
            {/* It scrolls: by keys too. */}
            <Box component="pre" className={classes['note'] ?? ''} tabIndex={0}>
              {note.text}
            </Box>
            <p className="dim">
              {t('crash.file')}: {note.file}
            </p>
            <Group gap="sm" justify="flex-end">
              <CopyButton text={() => note.text} what={t('crash.copyWhat')}>
                {t('crash.copy')}
              </CopyButton>
              <Button
                onClick={() => {
                  onClose();
                  askSupport(true);
                }}
              >
                {t('support.open')}
              </Button>
            </Group>
          </>
        )}
      </Stack>
    </Dialog>
  );
}
