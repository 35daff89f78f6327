import { Button } from '@mantine/core';
import { IconFlask } from '@tabler/icons-react';
import { useRequest } from '../../bridge/request';
import { useCrema } from '../../store';
import { useWords } from '../../text/useWords';
import { Boundary } from '../../ui/Boundary';
import { ErrorNote } from '../../ui/ErrorNote';
import { AuditBanner } from './AuditBanner';
import { Banner } from './Banner';
import { CaptureBanner } from './CaptureBanner';
import { CopiedBanner } from './CopiedBanner';
import { CrashBanner } from './CrashBanner';
import { CrowdBanner } from './CrowdBanner';
import { DamagedBanner } from './DamagedBanner';
import { FileDamageBanner } from './FileDamageBanner';
import { JournalBanner } from './JournalBanner';
import { ListenerBanner } from './ListenerBanner';
import { ModeBanner } from './ModeBanner';
import { MovedBanner } from './MovedBanner';
import { RehearsalBanner } from './RehearsalBanner';
import { RelayBanner } from './RelayBanner';
import { RunBanner } from './RunBanner';
import { SettingsBanner } from './SettingsBanner';
import { StormBanner } from './StormBanner';

const banners = {
  run: <RunBanner />,
  copied: <CopiedBanner />,
  capture: <CaptureBanner />,
  moved: <MovedBanner />,
  machines: <ListenerBanner which="machines" />,
  updates: <ListenerBanner which="updates" />,
  notices: <ListenerBanner which="notices" />,
  crowd: <CrowdBanner part="crowd" />,
  packageCrowd: <CrowdBanner part="packageCrowd" />,
  storm: <StormBanner />,
  crash: <CrashBanner />,
  journal: <JournalBanner />,
  audit: <AuditBanner />,
  damaged: <DamagedBanner />,
  settings: <SettingsBanner />,
  files: <FileDamageBanner />,
  mode: <ModeBanner />,
  relay: <RelayBanner />,
  rehearsal: <RehearsalBanner />,
  virtual: <VirtualBanner />,
};

/** All unusual states, each with its remedy. */
export function Banners() {
  return Object.entries(banners).map(([name, banner]) => (
    <Boundary key={name} where={`banner ${name}`}>
      {banner}
    </Boundary>
  ));
}

function VirtualBanner() {
  const { t } = useWords();
  const simulator = useCrema((s) => s.simulator);
  const stop = useRequest('simulate');
  if (simulator.running === 0) return null;
  const { running, connected, platform } = simulator;
  return (
    <Banner
      kind="mode"
      icon={<IconFlask size={18} aria-hidden />}
      actions={
        <Button variant="default" loading={stop.busy} onClick={() => void stop.run({ count: 0, platform })}>
          {t('banner.stopVirtual')}
        </Button>
      }
    >
      {t('banner.virtual', { count: running, connected })}
      <ErrorNote error={stop.error} />
    </Banner>
  );
}
