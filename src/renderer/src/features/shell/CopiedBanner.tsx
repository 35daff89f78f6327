import { Button } from '@mantine/core';
import { IconFolders } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useRequest } from '../../bridge/request';
import { useCrema } from '../../store';
import { useWords } from '../../text/useWords';
import { ErrorNote } from '../../ui/ErrorNote';
import { Banner } from './Banner';

/** Rollouts that another Crema may also continue, because the data folder was copied: the user decides. */
export function CopiedBanner() {
  const { t } = useWords();
  const runs = useCrema((s) => s.openRuns);
  const [isLeft, setLeft] = useState(false);
  const control = useRequest('controlRun');
  const paused = useMemo(() => [...runs.values()].filter((run) => run.paused === 'copied'), [runs]);
  if (paused.length === 0 || isLeft) return null;
  const resume = async (): Promise<void> => {
    for (const { id } of paused) await control.run({ id, to: 'resume' });
  };
  return (
    <Banner
      kind="failure"
      icon={<IconFolders size={18} aria-hidden />}
      actions={
        <>
          <Button loading={control.busy} onClick={() => void resume()}>
            {t('work.copied.resume')}
          </Button>
          <Button variant="default" onClick={() => setLeft(true)}>
            {t('work.copied.leave')}
          </Button>
        </>
      }
    >
      {t('work.copied.banner', { count: paused.length })}
      <ErrorNote error={control.error} />
    </Banner>
  );
}
