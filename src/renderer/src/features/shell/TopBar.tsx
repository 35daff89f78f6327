import { ActionIcon } from '@mantine/core';
import { IconAntenna, IconAntennaOff, IconSearch, IconWindowMaximize } from '@tabler/icons-react';
import { addressesOf, type Adapter, type ListenerState } from '#shared/model/listener';
import { request } from '../../bridge/request';
import { useCrema } from '../../store';
import { statusOrder } from '../../store/machines';
import { formatRoute } from '../../store/route';
import { isCapture } from '../../store/source';
import { listed } from '../../text/phrases';
import type { Words } from '../../text/words';
import { clockWords } from '../../text/captureWords';
import { useWords } from '../../text/useWords';
import { StateShape } from '../../ui/StateShape';
import { ariaKey, withKey } from '../../ui/keys';
import { act } from '../../ui/useAction';
import { useHotkey } from '../../ui/useHotkey';
import { everywhere, hostPort, isLoopback, named } from '../../ui/where';
import classes from './TopBar.module.css';

export function TopBar() {
  return (
    <header className={classes['bar']}>
      <Listening />
      <div className={classes['right']}>
        <Clock />
        <Counts />
        <Find />
        <NewWindow />
      </div>
    </header>
  );
}

/** In a capture, the clock of all times in the window, unless stated otherwise. */
function Clock() {
  const words = useWords();
  const inCapture = useCrema(isCapture);
  if (!inCapture) return null;
  return (
    <span className="dim" title={words.t('top.times', { clock: clockWords(words, inCapture) })}>
      {words.t('top.clockOfCapture')}
    </span>
  );
}

/** Opens the command palette, and shows its key. */
function Find() {
  const { t } = useWords();
  return (
    <ActionIcon
      aria-label={t('palette.open')}
      aria-keyshortcuts={ariaKey('palette')}
      title={withKey(t('palette.open'), 'palette')}
      onClick={() => act('palette')}
    >
      <IconSearch size={16} aria-hidden />
    </ActionIcon>
  );
}

/** Opens another window of the app, for a second screen. */
function NewWindow() {
  const { t } = useWords();
  const open = (): void => void request('openWindow', undefined);
  useHotkey('newWindow', open);
  return (
    <ActionIcon
      aria-label={t('top.newWindow')}
      aria-keyshortcuts={ariaKey('newWindow')}
      title={withKey(t('top.newWindow'), 'newWindow')}
      onClick={open}
    >
      <IconWindowMaximize size={16} aria-hidden />
    </ActionIcon>
  );
}

function Listening() {
  const words = useWords();
  const state = useCrema((s) => s.listeners.machines);
  const adapters = useCrema((s) => s.adapters);
  const good = state.status === 'listening';
  const text = listeningWords(words, state, adapters);
  const Icon = good ? IconAntenna : IconAntennaOff;
  return (
    <a
      className={classes['listening']}
      data-good={good || undefined}
      href={formatRoute({ screen: 'connect' })}
      title={`${text}\n${words.t('top.toConnect')}`}
    >
      <Icon size={16} aria-hidden />
      <span className="tabular">{text}</span>
    </a>
  );
}

function listeningWords(words: Words, state: ListenerState, adapters: readonly Adapter[]): string {
  const { t } = words;
  if (state.status === 'off') return t('top.notListening');
  const { host, port } = state;
  const where = hostPort(host, port);
  if (state.status === 'failed') return t('top.listenFailed', { where });
  if (state.status === 'waiting') return t('top.waiting', { host });
  if (everywhere.includes(host)) return t('top.listeningAll', { port });
  if (isLoopback(host)) return t('top.listeningLoopback', { where });
  const all = addressesOf(state).flatMap((one) =>
    one.status === 'listening' ? named(one.host, port, adapters) : [],
  );
  return t('top.listening', { where: listed(words, all) });
}

function Counts() {
  const words = useWords();
  const { t } = words;
  const counts = useCrema((s) => s.list.counts);
  const inCapture = useCrema(isCapture);
  const present = statusOrder.filter((status) => counts[status] > 0);
  // In a capture the list shows past states.
  if (inCapture) return <span />;
  if (present.length === 0) return <span className="dim">{t('top.none')}</span>;
  return (
    <ul className={classes['counts']} aria-label={t('top.summary')}>
      {present.map((status) => (
        <li key={status}>
          <StateShape status={status} size={12} decorative />
          <span className="tabular">{words.number(counts[status])}</span> {t(`state.${status}`)}
        </li>
      ))}
    </ul>
  );
}
