import { Button, Group, Stack } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { AppError } from '#shared/contract/errors';
import type { AppFacts } from '#shared/contract/feed';
import type { About } from '#shared/model/about';
import { request, useRequest } from '../../bridge/request';
import { useCrema } from '../../store';
import type { Words } from '../../text/words';
import { useWords } from '../../text/useWords';
import { CopyButton } from '../../ui/Copyable';
import { Dialog } from '../../ui/Dialog';
import { ErrorNote } from '../../ui/ErrorNote';
import { KeyValue, KeyValues } from '../../ui/KeyValue';
import classes from './Help.module.css';

interface AboutDialogProps {
  readonly onLicences: () => void;
  readonly onClose: () => void;
}

/** Facts that support staff need first. */
export function AboutDialog({ onLicences, onClose }: AboutDialogProps) {
  const words = useWords();
  const { t } = words;
  const app = useCrema((s) => s.about);
  const [about, setAbout] = useState<About | null>(null);
  const [error, setError] = useState<AppError | null>(null);
  useEffect(() => {
    let isCurrent = true;
    const ask = async (): Promise<void> => {
      const reply = await request('about', undefined);
      if (!isCurrent) return;
      if (reply.ok) setAbout(reply.value);
      else setError(reply.error);
    };
    void ask();
    return () => {
      isCurrent = false;
    };
  }, []);
  const open = useRequest('openDataFolder');
  const facts = app === null || about === null ? [] : factsOf(words, app, about);
  return (
    <Dialog title={t('help.about.title')} size={560} onClose={onClose}>
      <Stack gap="sm">
        <p className="dim">{t('help.about.what')}</p>
        <div className={classes['facts']}>
          <KeyValues>
            {facts.map(([label, value]) => (
              <KeyValue key={label} label={label}>
                {value}
              </KeyValue>
            ))}
          </KeyValues>
        </div>
        <ErrorNote error={error ?? open.error} />
        <Group gap="sm" justify="space-between">
          <Group gap="sm">
            {/* Not disabled while busy: a disabled button loses the focus, and Escape would not work. */}
            <Button size="compact-xs" variant="default" onClick={() => void open.run(undefined)}>
              {t('help.about.open')}
            </Button>
            {about !== null && <CopyButton text={() => about.dataFolder} what={t('help.about.copyFolder')} />}
          </Group>
          <Group gap="sm">
            <Button size="compact-xs" variant="default" onClick={onLicences}>
              {t('help.licences.title')}
            </Button>
            <CopyButton
              text={() => facts.map(([label, value]) => `${label}: ${value}`).join('\n')}
              what={t('help.about.copyWhat')}
            >
              {t('help.about.copy')}
            </CopyButton>
          </Group>
        </Group>
      </Stack>
    </Dialog>
  );
}

/** In reading order, without missing facts. */
function factsOf(
  { t, dateTime }: Words,
  { appVersion, build }: AppFacts,
  { commit, changed, committedAt, runtime, system, dataFolder }: About,
): readonly (readonly [label: string, value: string])[] {
  const sources = commit === '' ? t('help.about.unknown') : commit.slice(0, 12);
  const facts = [
    [t('help.about.version'), `Crema ${appVersion} · ${t(`help.about.kind.${build}`)}`],
    [t('help.about.commit'), changed ? `${sources} · ${t('help.about.changed')}` : sources],
    [t('help.about.committed'), committedAt === null ? '' : dateTime(committedAt)],
    ['Electron', runtime.electron],
    ['Chromium', runtime.chromium],
    ['Node.js', runtime.node],
    ['SQLite', runtime.sqlite],
    [t('help.about.system'), system],
    [t('help.about.folder'), dataFolder],
  ] as const;
  return facts.filter(([, value]) => value !== '');
}
