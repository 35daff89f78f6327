import { Button } from '@mantine/core';
import { IconBug } from '@tabler/icons-react';
import { useState } from 'react';
import type { Crash } from '#shared/model/crash';
import { useRequest } from '../../bridge/request';
import { useCrema } from '../../store';
import { useWords } from '../../text/useWords';
import { ErrorNote } from '../../ui/ErrorNote';
import type { Words } from '../../text/words';
import { Banner } from './Banner';
import { CrashDialog } from './CrashDialog';

/** Crashes of this launch, or of the end of the last, until somebody has seen them. */
export function CrashBanner() {
  const words = useWords();
  const { t } = words;
  const crashes = useCrema((s) => s.crashes);
  const seen = useRequest('crashesSeen');
  const [isOpen, setOpen] = useState(false);
  const newest = crashes.at(-1);
  if (newest === undefined) return null;
  const earlier = crashes.length - 1;
  return (
    <Banner
      kind={newest.again ? 'mode' : 'failure'}
      icon={<IconBug size={18} aria-hidden />}
      actions={
        <>
          <Button onClick={() => setOpen(true)}>{t('crash.open')}</Button>
          <Button variant="default" loading={seen.busy} onClick={() => void seen.run(undefined)}>
            {t('crash.understood')}
          </Button>
        </>
      }
    >
      <strong>{t(`crash.${newest.what}`)}</strong> <span>{crashWords(words, newest)}</span>{' '}
      {earlier > 0 && <span>{t('crash.more', { count: earlier })}</span>}
      <ErrorNote error={seen.error} />
      {isOpen && <CrashDialog crashes={crashes} onClose={() => setOpen(false)} />}
    </Banner>
  );
}

/** The consequence of a crash, and its time. */
function crashWords({ t, dateTime }: Words, { what, at, again }: Crash): string {
  const time = dateTime(at);
  if (what === 'app') return t('crash.lastSign', { time });
  if (!again) return t('crash.notAgain', { time });
  return t(what === 'server' ? 'crash.serverAgain' : 'crash.again', { time });
}
