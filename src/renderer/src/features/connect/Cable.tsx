import { Button, Group, SegmentedControl } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { cableAddresses, fixedCommands, shareCommands, type CableAddresses } from '#shared/cable';
import type { AdapterLink } from '#shared/model/arrivals';
import { isSelfGiven } from '#shared/model/chosenAdapters';
import { listensAt } from '#shared/model/listener';
import { useRequest } from '../../bridge/request';
import { useCrema } from '../../store';
import { useWords } from '../../text/useWords';
import { CopyButton } from '../../ui/Copyable';
import { ErrorNote } from '../../ui/ErrorNote';
import { KeyValue, KeyValues } from '../../ui/KeyValue';
import { TerminalLine } from '../../ui/TerminalLine';
import { hostPort } from '../../ui/where';
import { SystemChoice, useSystem } from './SystemChoice';
import classes from './Connect.module.css';

/** The adapter's address for use in a machine; `null`: none. */
export const usableAddress = ({ shared, addresses }: AdapterLink): string | null =>
  shared ?? addresses.find((address) => !isSelfGiven(address)) ?? null;

/** A cable without a router: addresses for both ends, then the values for the machine. */
export function Cable({ adapter }: { readonly adapter: AdapterLink }) {
  const { t } = useWords();
  const { name, link, addresses, shared } = adapter;
  const [isWatched, setWatched] = useState(false);
  const [isFixed, setFixed] = useState(true);
  const state = useCrema((s) => s.listeners.machines);
  const usual = useCrema((s) => s.settings.usualPort);
  const listen = useRequest('listenOn');
  const usable = usableAddress(adapter);
  const port = state.status === 'off' ? usual : state.port;
  const isHeard = usable !== null && listensAt(state, usable);
  const { run } = listen;
  // A user who was asked to set an address also sees that it is set.
  const [wasWithout, setWasWithout] = useState(false);
  if (usable === null && !wasWithout) setWasWithout(true);
  const taken = useRef<string | null>(null);
  useEffect(() => {
    if (!isWatched || usable === null || taken.current === usable) return;
    // Once per address; a failure is shown.
    taken.current = usable;
    void run({ hosts: [usable], port });
  }, [isWatched, usable, port, run]);
  const adapters = useCrema((s) => s.adapters);
  // Based on the other adapters, so that this adapter's proposal stays valid after it is set.
  const proposed = cableAddresses(adapters.filter((one) => one.name !== name).map(({ address }) => address));
  const [given] = addresses;
  if (usable !== null && shared === null && !wasWithout) return null;
  return (
    <section className={classes['cable']} aria-label={t('cable.title', { name })} data-cable={name}>
      <strong>{t('cable.title', { name })}</strong>
      <div aria-live="polite">
        {shared !== null ? (
          <p>
            {t('cable.shared', { name })} {t('cable.sharedNote')}
          </p>
        ) : (
          <p>
            {usable !== null
              ? t('cable.has', { name, address: usable })
              : given === undefined
                ? link === 'down'
                  ? t('adapters.noAddress.down')
                  : t('cable.none', { name })
                : t('cable.selfGiven', { name, address: given })}
          </p>
        )}
        {isWatched && usable === null && <p>{t('cable.watching', { name })}</p>}
      </div>
      {usable !== null && (
        <div className={classes['big']}>
          <span data-copyable>{hostPort(usable, port)}</span>
          <CopyButton text={() => hostPort(usable, port)} what={t('connect.address')} />
        </div>
      )}
      {shared === null && usable === proposed.ours && (
        <KeyValues>
          <MachineEnd addresses={proposed} />
        </KeyValues>
      )}
      {usable === null ? (
        <>
          <SegmentedControl
            size="xs"
            aria-label={t('cable.way')}
            value={isFixed ? 'fixed' : 'dhcp'}
            onChange={(value) => setFixed(value === 'fixed')}
            data={[
              { value: 'fixed', label: t('cable.fixed') },
              { value: 'dhcp', label: t('cable.dhcp') },
            ]}
          />
          <HowTo name={name} isFixed={isFixed} addresses={proposed} />
          <Group gap="sm">
            <Button variant="default" onClick={() => setWatched(!isWatched)}>
              {isWatched ? t('cable.stop') : t('cable.watch')}
            </Button>
          </Group>
        </>
      ) : isHeard ? (
        <p className="dim">{t('cable.listens')}</p>
      ) : (
        <Group gap="sm">
          <Button loading={listen.busy} onClick={() => void run({ hosts: [usable], port })}>
            {t('cable.listen', { host: hostPort(usable, port) })}
          </Button>
        </Group>
      )}
      <ErrorNote error={listen.error} />
    </section>
  );
}

/** The values to enter at the machine. */
function MachineEnd({ addresses: { ours, machine, mask } }: { readonly addresses: CableAddresses }) {
  const { t } = useWords();
  return (
    <KeyValue label={t('cable.there')}>
      {t('cable.address')} <span className="mono">{machine}</span>, {t('cable.mask')}{' '}
      <span className="mono">{mask}</span>, {t('cable.gateway')} <span className="mono">{ours}</span>,{' '}
      {t('cable.server')} <span className="mono">{ours}</span>
    </KeyValue>
  );
}

interface HowToProps {
  readonly name: string;
  readonly isFixed: boolean;
  readonly addresses: CableAddresses;
}
function HowTo({ name, isFixed, addresses }: HowToProps) {
  const { t } = useWords();
  const [system, setSystem] = useSystem();
  const { ours, mask } = addresses;
  const commands = isFixed ? fixedCommands[system](name, addresses) : shareCommands[system](name);
  return (
    <>
      {isFixed && (
        <KeyValues>
          <KeyValue label={t('cable.here')}>
            {t('cable.address')} <span className="mono">{ours}</span>, {t('cable.mask')}{' '}
            <span className="mono">{mask}</span>
          </KeyValue>
          <MachineEnd addresses={addresses} />
        </KeyValues>
      )}
      <SystemChoice label={t('cable.system')} system={system} onChange={setSystem} />
      <p>{isFixed ? t(`cable.fixedClicks.${system}`) : t(`cable.shareClicks.${system}`, { name })}</p>
      {commands.map((command) => (
        <TerminalLine key={command} text={command} />
      ))}
    </>
  );
}
