import { Button, Group, NumberInput, SegmentedControl, Stack } from '@mantine/core';
import { IconFlask, IconPlayerStop } from '@tabler/icons-react';
import { useState } from 'react';
import type { SimulatorState } from '#shared/model/simulator';
import { useRequest } from '../../bridge/request';
import { useCrema } from '../../store';
import { useWords } from '../../text/useWords';
import { ErrorNote } from '../../ui/ErrorNote';
import { useFold } from '../../store/remembered';
import { Fold } from '../../ui/Fold';
import classes from './Connect.module.css';

const most = 2_000;
const usual = [1, 10, 100, 1_000];

/** Training with virtual machines. */
export function VirtualMachines() {
  const words = useWords();
  const { t } = words;
  const simulator = useCrema((s) => s.simulator);
  const simulate = useRequest('simulate');
  const [count, setCount] = useState<number | string>(1);
  const [platform, setPlatform] = useState<SimulatorState['platform']>('mixed');
  const good = typeof count === 'number' && Number.isInteger(count) && count >= 1 && count <= most;
  const running = simulator.running > 0;
  return (
    <Fold isCard {...useFold('virtual', running)} title={t('connect.virtualTitle')}>
      <Stack gap="sm">
        <p className="dim">{t('connect.virtualText')}</p>
        <Group gap="sm">
          <SegmentedControl
            aria-label={t('connect.virtualCount')}
            value={String(count)}
            onChange={(value) => setCount(Number(value))}
            data={usual.map((n) => ({ value: String(n), label: words.number(n) }))}
          />
          <NumberInput
            aria-label={t('connect.virtualCount')}
            value={count}
            onChange={setCount}
            min={1}
            max={most}
            clampBehavior="blur"
            allowDecimal={false}
            hideControls
            w={70}
          />
          <SegmentedControl
            aria-label={t('connect.virtualPlatform')}
            value={platform}
            onChange={setPlatform}
            data={[
              { value: 'mixed', label: t('connect.mixed') },
              { value: 'linux', label: words.platform('linux') },
              { value: 'android', label: words.platform('android') },
            ]}
          />
        </Group>
        <Group gap="sm">
          <Button
            variant="default"
            leftSection={<IconFlask size={14} />}
            loading={simulate.busy}
            disabled={!good}
            onClick={() => good && void simulate.run({ count, platform })}
          >
            {running ? t('connect.startMore') : t('connect.start')}
          </Button>
          {running && (
            <>
              <Button
                variant="default"
                leftSection={<IconPlayerStop size={14} />}
                onClick={() => void simulate.run({ count: 0, platform })}
              >
                {t('connect.stop')}
              </Button>
              <span className={classes['running']}>
                {t('connect.running', { running: simulator.running, connected: simulator.connected })}
              </span>
            </>
          )}
        </Group>
        <ErrorNote error={simulate.error} />
      </Stack>
    </Fold>
  );
}
