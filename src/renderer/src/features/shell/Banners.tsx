import { Button } from '@mantine/core';
import { IconAlertTriangle, IconFlask, IconLock } from '@tabler/icons-react';
import type { Listeners } from '#shared/contract/live';
import type { ListenerState } from '#shared/model/listener';
import { useRequest } from '../../bridge/request';
import { useCrema } from '../../store';
import { navigate } from '../../store/navigate';
import type { Words } from '../../text/words';
import { useWords } from '../../text/useWords';
import { Boundary } from '../../ui/Boundary';
import { ErrorNote } from '../../ui/ErrorNote';
import { AuditBanner } from './AuditBanner';
import { Banner } from './Banner';
import { CaptureBanner } from './CaptureBanner';
import { CrashBanner } from './CrashBanner';
import { CrowdBanner } from './CrowdBanner';
import { DamagedBanner } from './DamagedBanner';
import { JournalBanner } from './JournalBanner';
import { RehearsalBanner } from './RehearsalBanner';
import { RelayBanner } from './RelayBanner';
import { RunBanner } from './RunBanner';
import { SettingsBanner } from './SettingsBanner';
import { StormBanner } from './StormBanner';

const banners = {
  run: <RunBanner />,
  capture: <CaptureBanner />,
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
  directLink: <DirectLinkBanner />,
  relay: <RelayBanner />,
  rehearsal: <RehearsalBanner />,
  virtual: <VirtualBanner />,
};

/** What is out of the ordinary, each with its way out. */
export function Banners() {
  return Object.entries(banners).map(([name, banner]) => (
    <Boundary key={name} where={`banner ${name}`}>
      {banner}
    </Boundary>
  ));
}

function ListenerBanner({ which }: { readonly which: keyof Listeners }) {
  const words = useWords();
  const { t } = words;
  const state = useCrema((s) => s.listeners[which]);
  const screen = useCrema((s) => s.route.screen);
  const retry = useRequest('retryListen');
  const listen = useRequest('listen');
  if (state.status !== 'failed' && state.status !== 'waiting') return null;
  const { host } = state;
  const where = which === 'machines' ? 'connect' : 'settings';
  const next = state.status === 'failed' ? state.nextFree : null;
  return (
    <Banner
      kind="failure"
      icon={<IconAlertTriangle size={18} aria-hidden />}
      actions={
        <>
          {next !== null && (
            <Button
              loading={listen.busy}
              title={which === 'machines' ? t('banner.listenNextNote') : undefined}
              onClick={() => void listen.run({ which, host, port: next })}
            >
              {t('banner.listenNext', { port: next })}
            </Button>
          )}
          {state.status === 'failed' && (
            <Button variant="default" loading={retry.busy} onClick={() => void retry.run({ which })}>
              {t('app.again')}
            </Button>
          )}
          {screen !== where && (
            <Button variant="default" onClick={() => navigate({ screen: where })}>
              {t('banner.chooseOther')}
            </Button>
          )}
        </>
      }
    >
      <strong>{t(`banner.${which}`)}</strong> <span>{reason(words, state)}</span>
      <ErrorNote error={listen.error ?? retry.error} />
    </Banner>
  );
}

function reason({ t }: Words, state: Extract<ListenerState, { status: 'failed' | 'waiting' }>): string {
  const { host, port } = state;
  if (state.status === 'waiting') return t('banner.waiting', { host });
  switch (state.reason) {
    case 'inUse':
      return state.holder === null
        ? t('banner.inUse', { host, port })
        : t('banner.inUseBy', { host, port, name: state.holder.name, pid: state.holder.pid });
    case 'denied':
      return t('banner.denied', { host, port });
    case 'other':
      return t('banner.other', { host, port, detail: state.detail });
  }
}

function DirectLinkBanner() {
  const { t } = useWords();
  const vmcNo = useCrema((s) => s.settings.directLink);
  const serve = useRequest('setDirectLink');
  if (vmcNo === null) return null;
  return (
    <Banner
      kind="mode"
      icon={<IconLock size={18} aria-hidden />}
      actions={
        <Button variant="default" loading={serve.busy} onClick={() => void serve.run({ vmcNo: null })}>
          {t('directLink.all')}
        </Button>
      }
    >
      <strong>{t('directLink.banner', { vmcNo })}</strong> <span>{t('directLink.bannerNote')}</span>
      <ErrorNote error={serve.error} />
    </Banner>
  );
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
