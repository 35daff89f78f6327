import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import type { AppError } from '#shared/contract/errors';
import type { RegistryPreview } from '#shared/model/registry';
import { request } from '../../../bridge/request';
import { useWords } from '../../../text/useWords';
import { Dialog } from '../../../ui/Dialog';
import { ErrorNote } from '../../../ui/ErrorNote';
import { Preview } from './Preview';
import classes from './Registry.module.css';

type Notice =
  | { readonly is: 'written'; readonly file: string; readonly count: number }
  | { readonly is: 'taken'; readonly count: number };

/** Exports the machine list to a CSV file and imports one. */
export function RegistryDialog({ onClose }: { readonly onClose: () => void }) {
  const { t, language } = useWords();
  const [preview, setPreview] = useState<RegistryPreview | null>(null);
  const [notice, setNotice] = useState<Notice | null>(null);
  const [error, setError] = useState<AppError | null>(null);
  const [busy, setBusy] = useState<'out' | 'in' | 'take' | null>(null);
  const begin = (what: typeof busy): void => {
    setBusy(what);
    setError(null);
    setNotice(null);
  };
  const write = async (): Promise<void> => {
    begin('out');
    const reply = await request('exportRegistry', { language });
    setBusy(null);
    if (!reply.ok) setError(reply.error);
    else if (reply.value !== null)
      setNotice({ is: 'written', file: reply.value.file, count: reply.value.machines });
  };
  const read = async (): Promise<void> => {
    begin('in');
    const reply = await request('readRegistry', undefined);
    setBusy(null);
    if (!reply.ok) setError(reply.error);
    else if (reply.value !== null) setPreview(reply.value);
  };
  const take = async ({ id }: RegistryPreview): Promise<void> => {
    begin('take');
    const reply = await request('takeRegistry', { id });
    setBusy(null);
    setPreview(null);
    if (reply.ok) setNotice({ is: 'taken', count: reply.value.machines });
    else setError(reply.error);
  };
  return (
    <Dialog title={t('registry.title')} size={preview === null ? 520 : 860} onClose={onClose}>
      {preview === null ? (
        <div className={classes['ways']}>
          <p>{t('registry.lead')}</p>
          <p className="dim">{t('registry.left')}</p>
          <Group gap="sm">
            <Button variant="default" loading={busy === 'out'} onClick={() => void write()}>
              {t('registry.export')}
            </Button>
            <Button variant="default" loading={busy === 'in'} onClick={() => void read()}>
              {t('registry.import')}
            </Button>
          </Group>
          {notice !== null && (
            <p role="status">
              {notice.is === 'written'
                ? t('registry.written', { count: notice.count, file: notice.file })
                : t('registry.taken', { count: notice.count })}
            </p>
          )}
          <ErrorNote error={error} />
        </div>
      ) : (
        <>
          <Preview preview={preview} />
          <ErrorNote error={error} />
          <Group gap="sm" mt="md" justify="flex-end">
            <Button variant="default" onClick={() => setPreview(null)}>
              {t('app.cancel')}
            </Button>
            <Button
              data-autofocus
              loading={busy === 'take'}
              disabled={preview.rows.length === 0}
              onClick={() => void take(preview)}
            >
              {t('registry.take', { count: preview.rows.length })}
            </Button>
          </Group>
        </>
      )}
    </Dialog>
  );
}
