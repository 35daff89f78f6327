import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import type { Adapter, ListenerState } from '#shared/model/listener';
import { useRequest } from '../../bridge/request';
import { useCrema } from '../../store';
import { useWords } from '../../text/useWords';
import { CopyButton } from '../../ui/Copyable';
import { IconQrcode } from '@tabler/icons-react';
import { ErrorNote } from '../../ui/ErrorNote';
import { StateShape } from '../../ui/StateShape';
import { useHotkey } from '../../ui/useHotkey';
import { everywhere } from '../../ui/where';
import { AdapterState } from './AdapterState';
import { Sheet } from './Sheet';
import classes from './Connect.module.css';

interface AddressCardProps {
  /** Address 0.0.0.0 stands for all adapters. */
  readonly adapter: Adapter;
  readonly port: number;
  readonly onListening: () => void;
}

export function AddressCard({ adapter, port, onListening }: AddressCardProps) {
  const { t } = useWords();
  const [isLarge, setLarge] = useState(false);
  const state = useCrema((s) => s.listeners.machines);
  const here = listensAt(state, adapter, port);
  const all = everywhere.includes(adapter.address);
  const name = all ? t('connect.allAdapters') : adapter.name;
  return (
    <div className={classes['card']} data-here={here || undefined} data-address={adapter.address}>
      <div className={classes['cardHead']}>
        <strong>{name}</strong>
        {adapter.loopback && <span className="dim">{t('connect.thisOnly')}</span>}
        {!adapter.loopback && !all && <AdapterState name={adapter.name} />}
        <span className={classes['cardState']}>
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
          {!adapter.loopback && (
            <Button
              variant="default"
              className={classes['large'] ?? ''}
              leftSection={<IconQrcode size={15} aria-hidden />}
              onClick={() => setLarge(true)}
            >
              {t('connectWalk.showSheet')}
            </Button>
          )}
          {isLarge && <Sheet address={adapter.address} port={port} onClose={() => setLarge(false)} />}
        </div>
      )}
      {adapter.loopback && <p className="dim">{t('connect.thisOnlyNote')}</p>}
      {!here && <ListenHere adapter={adapter} port={port} name={name} all={all} onListening={onListening} />}
    </div>
  );
}

function listensAt(state: ListenerState, { address }: Adapter, port: number): boolean {
  if (state.status !== 'listening' || state.port !== port) return false;
  return state.host === address || (everywhere.includes(state.host) && !everywhere.includes(address));
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
}

/** Listens on an address; for a network address a confirmation explains what that means. */
function ListenHere({ adapter, port, name, all, onListening }: ListenHereProps) {
  const { t } = useWords();
  const [confirming, setConfirming] = useState<'notYet' | 'now' | 'cancelled'>('notYet');
  const listen = useRequest('listen');
  const { address, loopback } = adapter;
  const go = async (): Promise<void> => {
    setConfirming('notYet');
    if (await listen.run({ which: 'machines', host: address, port })) onListening();
  };
  if (confirming !== 'now')
    return (
      <Group gap="sm">
        <Button
          variant={loopback || all ? 'default' : 'filled'}
          loading={listen.busy}
          // Back to where the question came from.
          autoFocus={confirming === 'cancelled'}
          onClick={() => (loopback ? void go() : setConfirming('now'))}
        >
          {all ? t('connect.listenAll') : t('connect.listenHere')}
        </Button>
        <ErrorNote error={listen.error} />
      </Group>
    );
  return (
    <Question
      text={all ? t('connect.confirmAll', { port }) : t('connect.confirm', { name, host: address, port })}
      onYes={() => void go()}
      onNo={() => setConfirming('cancelled')}
    />
  );
}

interface QuestionProps {
  readonly text: string;
  readonly onYes: () => void;
  readonly onNo: () => void;
}
function Question({ text, onYes, onNo }: QuestionProps) {
  const { t } = useWords();
  useHotkey('close', onNo);
  return (
    <div className={classes['confirming']} role="group" aria-label={t('connect.listenHere')}>
      <p>{text}</p>
      <Group gap="xs">
        <Button data-autofocus autoFocus onClick={onYes}>
          {t('connect.confirmYes')}
        </Button>
        <Button variant="default" onClick={onNo}>
          {t('app.cancel')}
        </Button>
      </Group>
    </div>
  );
}
