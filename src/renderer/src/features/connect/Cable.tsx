import { Button, Group, SegmentedControl } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { cableAddresses, fixedCommands, shareCommands } from '#shared/cable';
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

/** The address of an adapter that a machine can be told; `null`: it has none. */
export const usableAddress = ({ shared, addresses }: AdapterLink): string | null =>
  shared ?? addresses.find((address) => !isSelfGiven(address)) ?? null;

/** A cable without a router: how both ends get their addresses, and what to type into the machine once they have. */
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
  // Who was told how to give it an address is told too that it has one.
  const [wasWithout, setWasWithout] = useState(false);
  if (usable === null && !wasWithout) setWasWithout(true);
  const taken = useRef<string | null>(null);
  useEffect(() => {
    if (!isWatched || usable === null || taken.current === usable) return;
    // Once each: where it can't listen there, that is said.
    taken.current = usable;
    void run({ hosts: [usable], port });
  }, [isWatched, usable, port, run]);
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
      {shared !== null && (
        <div className={classes['big']}>
          <span data-copyable>{hostPort(shared, port)}</span>
          <CopyButton text={() => hostPort(shared, port)} what={t('connect.address')} />
        </div>
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
          <HowTo name={name} isFixed={isFixed} />
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

function HowTo({ name, isFixed }: { readonly name: string; readonly isFixed: boolean }) {
  const { t } = useWords();
  const [system, setSystem] = useSystem();
  const adapters = useCrema((s) => s.adapters);
  const taken = adapters.map(({ address }) => address);
  const addresses = cableAddresses(taken);
  const { ours, machine, mask } = addresses;
  const commands = isFixed ? fixedCommands[system](name, addresses) : shareCommands[system](name);
  return (
    <>
      {isFixed && (
        <KeyValues>
          <KeyValue label={t('cable.here')}>
            {t('cable.address')} <span className="mono">{ours}</span>, {t('cable.mask')}{' '}
            <span className="mono">{mask}</span>
          </KeyValue>
          <KeyValue label={t('cable.there')}>
            {t('cable.address')} <span className="mono">{machine}</span>, {t('cable.mask')}{' '}
            <span className="mono">{mask}</span>, {t('cable.gateway')} <span className="mono">{ours}</span>,{' '}
            {t('cable.server')} <span className="mono">{ours}</span>
          </KeyValue>
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
