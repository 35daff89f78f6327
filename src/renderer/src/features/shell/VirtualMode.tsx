import { Button } from '@mantine/core';
import { IconFlask } from '@tabler/icons-react';
import { useRequest } from '../../bridge/request';
import { useCrema } from '../../store';
import { useWords } from '../../text/useWords';
import { ErrorNote } from '../../ui/ErrorNote';
import { ModeChip } from './ModeChip';

/** Virtual machines are running. */
export function VirtualMode() {
  const { t } = useWords();
  const { running, connected, platform } = useCrema((s) => s.simulator);
  const stop = useRequest('simulate');
  if (running === 0) return null;
  const end = (): void => void stop.run({ count: 0, platform });
  return (
    <ModeChip
      icon={<IconFlask size={14} aria-hidden />}
      label={t('mode.virtual', { count: running })}
      spoken={t('banner.virtual', { count: running, connected })}
      isTrouble={stop.error !== null}
      end={{ label: t('banner.stopVirtual'), busy: stop.busy, run: end }}
    >
      <p>{t('banner.virtual', { count: running, connected })}</p>
      <Button variant="default" loading={stop.busy} onClick={end}>
        {t('banner.stopVirtual')}
      </Button>
      <ErrorNote error={stop.error} />
    </ModeChip>
  );
}
