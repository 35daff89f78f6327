import { Button } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { Listeners } from '#shared/contract/live';
import { addressesOf, type AddressState, type ListenerState } from '#shared/model/listener';
import { useRequest } from '../../bridge/request';
import { useCrema } from '../../store';
import { navigate } from '../../store/navigate';
import { listed } from '../../text/phrases';
import type { Words } from '../../text/words';
import { useWords } from '../../text/useWords';
import { ErrorNote } from '../../ui/ErrorNote';
import { Banner } from './Banner';

type Trouble = Exclude<AddressState, { readonly status: 'listening' }>;
type Failed = Extract<AddressState, { readonly status: 'failed' }>;

const troublesOf = (state: ListenerState): readonly Trouble[] =>
  addressesOf(state).filter((one) => one.status !== 'listening');

/** Addresses without a working listener, each with its remedy. */
export function ListenerBanner({ which }: { readonly which: keyof Listeners }) {
  const listeners = useCrema((s) => s.listeners);
  const moved = useCrema((s) => s.moved);
  const state = listeners[which];
  // Addresses that the other banners already mention are skipped.
  const shownElsewhere = new Set(moved.map(({ from }) => from));
  if (which === 'updates')
    for (const { status, host } of troublesOf(listeners.machines))
      if (status === 'waiting') shownElsewhere.add(host);
  return troublesOf(state)
    .filter(({ status, host }) => status !== 'waiting' || !shownElsewhere.has(host))
    .map((trouble) => <TroubleBanner key={trouble.host} which={which} state={state} trouble={trouble} />);
}

interface TroubleProps {
  readonly which: keyof Listeners;
  readonly state: ListenerState;
  readonly trouble: Trouble;
}
function TroubleBanner({ which, state, trouble }: TroubleProps) {
  const words = useWords();
  const { t } = words;
  const screen = useCrema((s) => s.route.screen);
  const retry = useRequest('retryListen');
  const listen = useRequest('listen');
  const { host } = trouble;
  const where = which === 'machines' ? 'connect' : 'settings';
  const next = trouble.status === 'failed' ? trouble.nextFree : null;
  const unlinked = useCrema(({ settings, network }) => {
    const name = settings.adapters.find((one) => one.host === host)?.name;
    return network.some((one) => one.name === name && one.link === 'down') ? name : undefined;
  });
  const away =
    unlinked === undefined ? t('adapters.away', { host }) : t('adapters.noLink', { name: unlinked, host });
  const isPartly = state.status === 'listening';
  const rest = addressesOf(state).flatMap((one) => (one.status === 'listening' ? one.host : []));
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
          {trouble.status === 'failed' && (
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
      {isPartly && trouble.status === 'waiting' ? (
        <>
          <strong>{away}</strong> <span>{t('adapters.awayNote', { hosts: listed(words, rest) })}</span>
        </>
      ) : (
        <>
          <strong>{t(`banner.${which}`)}</strong>{' '}
          <span>
            {trouble.status === 'waiting' ? `${away} ${t('adapters.awaited')}` : reason(words, trouble)}
          </span>
        </>
      )}
      <ErrorNote error={listen.error ?? retry.error} />
    </Banner>
  );
}

function reason({ t }: Words, state: Failed): string {
  const { host, port } = state;
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
