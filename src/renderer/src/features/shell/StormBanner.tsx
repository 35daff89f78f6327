import { Button } from '@mantine/core';
import { IconBolt } from '@tabler/icons-react';
import { useState } from 'react';
import { useCrema } from '../../store';
import { navigate } from '../../store/navigate';
import { machineTable } from '../../store/route';
import { useWords } from '../../text/useWords';
import { Banner } from './Banner';

/** Many machines reconnected at once: their number, and the time span. */
export function StormBanner() {
  const words = useWords();
  const { t } = words;
  const storm = useCrema((s) => s.storm);
  const [seen, setSeen] = useState(-Infinity);
  if (storm === null || storm.from <= seen) return null;
  const { machines, from, to } = storm;
  const time = words.duration(Math.max(1_000, to - from));
  return (
    <Banner
      kind="mode"
      icon={<IconBolt size={18} aria-hidden />}
      actions={
        <>
          <Button variant="default" onClick={() => navigate(machineTable('all'))}>
            {t('banner.stormMachines')}
          </Button>
          <Button variant="default" onClick={() => setSeen(from)}>
            {t('journal.understood')}
          </Button>
        </>
      }
    >
      <strong>{t('banner.storm', { count: machines, time })}</strong>{' '}
      <span>{t('banner.stormNote', { at: words.clock(from).slice(0, 8) })}</span>
    </Banner>
  );
}
