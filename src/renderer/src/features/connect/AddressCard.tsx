import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import { isSelfGiven } from '#shared/model/chosenAdapters';
import { addressesOf, isLoopback, listensAt, type Adapter } from '#shared/model/listener';
import { useRequest } from '../../bridge/request';
import { useCrema, type CremaState } from '../../store';
import { listed } from '../../text/phrases';
import type { Words } from '../../text/words';
import { useWords } from '../../text/useWords';
import { CopyButton } from '../../ui/Copyable';
import { ErrorNote } from '../../ui/ErrorNote';
import { StateShape } from '../../ui/StateShape';
import { useHotkey } from '../../ui/useHotkey';
import { everywhere } from '../../ui/where';
import { AdapterState } from './AdapterState';
import { usableAddress } from './Cable';
import { ShowLarge } from './Sheet';
import classes from './Connect.module.css';

interface AddressCardProps {
  /** Address 0.0.0.0 stands for all adapters. */
  readonly adapter: Adapter;
  readonly port: number;
  readonly onListening: () => void;
}

export function AddressCard({ adapter, port, onListening }: AddressCardProps) {
  const { t } = useWords();
  const state = useCrema((s) => s.listeners.machines);
  const here = listensAt(state, adapter.address) && state.status !== 'off' && state.port === port;
  const isShared = useCrema((s) => s.network.some(({ shared }) => shared === adapter.address));
  const isUseless = useCrema(
    (s) =>
      isSelfGiven(adapter.address) &&
      s.network.some((one) => one.name === adapter.name && usableAddress(one) === null),
  );
  const all = everywhere.includes(adapter.address);
  const name = all ? t('connect.allAdapters') : adapter.name;
  return (
    <div className={classes['card']} data-here={here || undefined} data-address={adapter.address}>
      <div className={classes['cardHead']}>
        <strong>{name}</strong>
        {adapter.loopback && <span className="dim">{t('connect.thisOnly')}</span>}
        {!adapter.loopback && !all && <AdapterState name={adapter.name} />}
        <span className={classes['cardState']} role="status">
          <StateShape status={here ? 'online' : 'offline'} size={12} decorative />
          {here ? t('connect.listeningHere') : t('connect.notHere')}
        </span>
      </div>
      {all ? (
        <p className="dim">{t('connect.allNote')}</p>
      ) : (
        <div className={classes['what']}>
          <Big label={t('connect.address')} value={adapter.address} />
          <Big label={t('connect.port')} value={String(port)} />
          {!adapter.loopback && <ShowLarge address={adapter.address} port={port} />}
        </div>
      )}
      {adapter.loopback && <p className="dim">{t('connect.thisOnlyNote')}</p>}
      {isShared && <p>{t('cable.shared', { name })}</p>}
      {isUseless && (
        <p>
          {t('cable.selfGiven', { name, address: adapter.address })} {t('cable.seeLink', { name })}
        </p>
      )}
      <ListenHere adapter={adapter} port={port} name={name} all={all} here={here} onListening={onListening} />
    </div>
  );
}

function Big({ label, value }: { readonly label: string; readonly value: string }) {
  return (
    <div>
      <div className="dim">{label}</div>
      <div className={classes['big']}>
        <span data-copyable>{value}</span>
        <CopyButton text={() => value} what={label} />
      </div>
    </div>
  );
}

interface ListenHereProps extends AddressCardProps {
  readonly name: string;
  readonly all: boolean;
  readonly here: boolean;
}

/** only: listen here and nowhere else. */
type Wish = 'only' | 'also' | 'stop';

/** Listens on an address, beside others or alone; for a network address a confirmation explains what that means. */
function ListenHere({ adapter, port, name, all, here, onListening }: ListenHereProps) {
  const { t } = useWords();
  const [asked, setAsked] = useState<{ readonly wish: Wish; readonly isOpen: boolean } | null>(null);
  const listen = useRequest('listenOn');
  const state = useCrema((s) => s.listeners.machines);
  const { address, loopback } = adapter;
  // Several addresses are possible only if each belongs to an adapter.
  const others = addressesOf(state)
    .map(({ host }) => host)
    .filter((host) => host !== address && !everywhere.includes(host) && !isLoopback(host));
  const isOfAdapter = !all && !loopback;
  const wishes: readonly Wish[] = here
    ? isOfAdapter && others.length > 0
      ? ['only', 'stop']
      : []
    : isOfAdapter && others.length > 0
      ? ['only', 'also']
      : ['only'];
  const go = async (wish: Wish): Promise<void> => {
    setAsked(null);
    const hosts = wish === 'only' ? [address] : wish === 'also' ? [...others, address] : others;
    if (await listen.run({ hosts: [...hosts], port })) onListening();
  };
  if (asked?.isOpen === true) {
    const { wish } = asked;
    const what = all
      ? t('connect.confirmAll', { port })
      : wish === 'stop' || here
        ? ''
        : t('connect.confirm', { name, host: address, port });
    return (
      <Question
        label={wishWords(t, wish, { all, several: wishes.length > 1 })}
        text={what}
        leaves={wish === 'also' ? [] : wish === 'stop' ? [address] : others}
        yes={wish === 'stop' ? t('adapters.stop') : here ? t('adapters.only') : t('connect.confirmYes')}
        onYes={() => void go(wish)}
        onNo={() => setAsked({ wish, isOpen: false })}
      />
    );
  }
  if (wishes.length === 0) return <ErrorNote error={listen.error} />;
  return (
    <Group gap="sm">
      {wishes.map((wish) => (
        <Button
          key={wish}
          variant={isOfAdapter && !here && wish === 'only' && wishes.length === 1 ? 'filled' : 'default'}
          loading={listen.busy}
          // Return the focus to the button that opened the confirmation.
          autoFocus={asked?.wish === wish}
          onClick={() => (loopback ? void go(wish) : setAsked({ wish, isOpen: true }))}
        >
          {wishWords(t, wish, { all, several: wishes.length > 1 })}
        </Button>
      ))}
      <ErrorNote error={listen.error} />
    </Group>
  );
}

function wishWords(
  t: Words['t'],
  wish: Wish,
  { all, several }: { readonly all: boolean; readonly several: boolean },
): string {
  if (wish !== 'only') return t(`adapters.${wish}`);
  if (all) return t('connect.listenAll');
  return several ? t('adapters.only') : t('connect.listenHere');
}

interface QuestionProps {
  readonly label: string;
  readonly text: string;
  /** Addresses that stop listening. */
  readonly leaves: readonly string[];
  readonly yes: string;
  readonly onYes: () => void;
  readonly onNo: () => void;
}
function Question({ label, text, leaves, yes, onYes, onNo }: QuestionProps) {
  const words = useWords();
  const { t } = words;
  useHotkey('close', onNo);
  const online = useCrema(onlineMachines);
  return (
    <div className={classes['confirming']} role="group" aria-label={label}>
      {text !== '' && <p>{text}</p>}
      {leaves.length > 0 && (
        <p>
          {t('adapters.leaves', { hosts: listed(words, leaves) })}{' '}
          {online > 0 && t('adapters.stay', { count: online })}
        </p>
      )}
      <Group gap="sm">
        <Button data-autofocus autoFocus onClick={onYes}>
          {yes}
        </Button>
        <Button variant="default" onClick={onNo}>
          {t('app.cancel')}
        </Button>
      </Group>
    </div>
  );
}

const onlineMachines = ({ machines }: CremaState): number => {
  let count = 0;
  for (const { online, virtual } of machines.values()) if (online && !virtual) count += 1;
  return count;
};
