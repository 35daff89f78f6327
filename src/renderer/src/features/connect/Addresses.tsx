import { NumberInput } from '@mantine/core';
import { useState } from 'react';
import type { Adapter } from '#shared/model/listener';
import { defaultListen } from '#shared/model/settings';
import { useCrema } from '../../store';
import { useWords } from '../../text/useWords';
import { Boundary } from '../../ui/Boundary';
import { AddressCard } from './AddressCard';
import { AdapterState } from './AdapterState';
import { useFold } from '../../store/remembered';
import { Fold } from '../../ui/Fold';
import classes from './Connect.module.css';

const everyAdapter: Adapter = { name: '', address: '0.0.0.0', family: 4, loopback: false };

/** A card for each address of this computer: the values for the machine, and whether Crema listens there. */
export function Addresses() {
  const { t } = useWords();
  const adapters = useCrema((s) => s.adapters);
  const state = useCrema((s) => s.listeners.machines);
  const [typed, setTyped] = useState<number | string | null>(null);
  const network = useCrema((s) => s.network);
  const first = useCrema((s) => s.settings.usualPort);
  const usual = state.status === 'off' ? first : state.port;
  const port = typed ?? usual;
  const goodPort = typeof port === 'number' && Number.isInteger(port) && port >= 1 && port <= 65_535;
  const shownPort = goodPort ? port : usual;
  const real = adapters.filter(({ family, loopback }) => family === 4 && !loopback);
  const six = adapters.filter(({ family, loopback }) => family === 6 && !loopback);
  const own = adapters.filter(({ family, loopback }) => family === 4 && loopback);
  const card = (adapter: Adapter) => (
    <Boundary key={adapter.address} as="row" where={`address ${adapter.address}`} of={adapter}>
      <AddressCard adapter={adapter} port={shownPort} onListening={() => setTyped(null)} />
    </Boundary>
  );
  return (
    <Fold isCard {...useFold('addresses')} title={t('connect.adapters')}>
      <label className={classes['port']}>
        {t('connect.portLabel')}
        <NumberInput
          value={port}
          onChange={setTyped}
          error={goodPort ? null : t('connect.portWrong')}
          title={t('connect.portNote', { port: defaultListen.machines.port })}
          hideControls
          allowDecimal={false}
          allowNegative={false}
          w={78}
        />
      </label>
      <div className={classes['cards']}>
        {real.length === 0 && <p>{t('connect.noNetwork')}</p>}
        {real.map(card)}
        {network
          .filter(({ addresses }) => addresses.length === 0)
          .map(({ name, link }) => (
            <div key={name} className={classes['card']} data-adapter={name}>
              <div className={classes['cardHead']}>
                <strong>{name}</strong>
                <AdapterState name={name} />
              </div>
              <p className="dim">{t(`adapters.noAddress.${link}`)}</p>
            </div>
          ))}
        {six.length > 0 && (
          <details>
            <summary>{t('connect.v6', { count: six.length })}</summary>
            <div className={classes['cards']}>{six.map(card)}</div>
          </details>
        )}
        {real.length > 0 && card(everyAdapter)}
        {own.map(card)}
      </div>
    </Fold>
  );
}
