import { Button } from '@mantine/core';
import { addressToType, type AddressToType } from '#shared/addressToType';
import { useRequest } from '../../bridge/request';
import { useCrema } from '../../store';
import { useWords } from '../../text/useWords';
import { CopyButton } from '../../ui/Copyable';
import { ErrorNote } from '../../ui/ErrorNote';
import { StateShape } from '../../ui/StateShape';
import { everywhere, hostPort } from '../../ui/where';
import { AdapterState } from './AdapterState';
import { openFold } from '../../ui/Fold';
import { ShowLarge } from './Sheet';
import classes from './ToType.module.css';

/** The values to enter in the machine, and whether Crema listens there. */
export function ToType() {
  const { t } = useWords();
  const listener = useCrema((s) => s.listeners.machines);
  const adapters = useCrema((s) => s.adapters);
  const network = useCrema((s) => s.network);
  const usualPort = useCrema((s) => s.settings.usualPort);
  const found = addressToType({ listener, adapters, network, usualPort });
  if (found === null)
    return (
      <section className={classes['type']} aria-label={t('connect.toType')} data-tour-at="connect">
        <p>{t('connect.noNetwork')}</p>
        <ChangeAddress />
      </section>
    );
  const { address, port } = found;
  return (
    <section
      className={classes['type']}
      aria-label={t('connect.toType')}
      data-tour-at="connect"
      data-to-type={hostPort(address, port)}
    >
      <div className={classes['values']}>
        <span>{t('connect.toType')}</span>
        <Value label={t('connect.address')} value={address} />
        <Value label={t('connect.port')} value={String(port)} />
        <CopyButton text={() => hostPort(address, port)} what={t('connect.address')}>
          {t('connect.copy')}
        </CopyButton>
        <ShowLarge address={address} port={port} />
      </div>
      <div className={classes['state']}>
        <State found={found} />
        <ChangeAddress />
      </div>
    </section>
  );
}

function Value({ label, value }: { readonly label: string; readonly value: string }) {
  return (
    <span className={classes['value']}>
      <span className="dim">{label}</span> <strong data-copyable>{value}</strong>
    </span>
  );
}

/** Where Crema listens. Until it does, one press begins it; the sentence before says what that means. */
function State({ found: { address, port, adapter, isListening } }: { readonly found: AddressToType }) {
  const { t } = useWords();
  const listener = useCrema((s) => s.listeners.machines);
  const listen = useRequest('listenOn');
  const { name } = adapter;
  if (isListening) {
    const isEverywhere = listener.status === 'listening' && everywhere.includes(listener.host);
    return (
      <span className={classes['here']} role="status">
        <StateShape status="online" size={12} decorative />
        {isEverywhere ? t('connect.listeningAll') : t('connect.listeningOn', { name })}
        <AdapterState name={name} />
      </span>
    );
  }
  return (
    <>
      <span className={classes['here']} role="status">
        <StateShape status="offline" size={12} decorative />
        {t('connect.notListeningOn', { name })}
      </span>
      <span className="dim">{t('connect.confirm', { name, host: address, port })}</span>
      <Button loading={listen.busy} onClick={() => void listen.run({ hosts: [address], port })}>
        {t('connect.listenOn', { where: hostPort(address, port) })}
      </Button>
      <ErrorNote error={listen.error} />
    </>
  );
}

function ChangeAddress() {
  const { t } = useWords();
  return (
    <Button
      variant="default"
      size="compact-xs"
      className={classes['change'] ?? ''}
      onClick={() => openFold('addresses')}
    >
      {t('connect.changeAddress')}
    </Button>
  );
}
