import { Boundary } from '../../ui/Boundary';
import { AuditBanner } from './AuditBanner';
import { CopiedBanner } from './CopiedBanner';
import { CrashBanner } from './CrashBanner';
import { CrowdBanner } from './CrowdBanner';
import { DamagedBanner } from './DamagedBanner';
import { FileDamageBanner } from './FileDamageBanner';
import { JournalBanner } from './JournalBanner';
import { ListenerBanner } from './ListenerBanner';
import { MovedBanner } from './MovedBanner';
import { RelayBanner } from './RelayBanner';
import { RunBanner } from './RunBanner';
import { SettingsBanner } from './SettingsBanner';
import { StormBanner } from './StormBanner';
import { SupportBanner } from './SupportBanner';

const banners = {
  support: <SupportBanner />,
  run: <RunBanner />,
  copied: <CopiedBanner />,
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
  relay: <RelayBanner />,
};

/** All unusual states, each with its remedy. */
export function Banners() {
  return Object.entries(banners).map(([name, banner]) => (
    <Boundary key={name} where={`banner ${name}`}>
      {banner}
    </Boundary>
  ));
}
