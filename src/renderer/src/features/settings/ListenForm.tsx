import { Button, Group, NumberInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import { settingOf, type Listeners } from '#shared/contract/live';
import { addressesOf, isLoopback, type ListenerState } from '#shared/model/listener';
import { defaultListen } from '#shared/model/settings';
import { useRequest } from '../../bridge/request';
import { useCrema } from '../../store';
import type { Words } from '../../text/words';
import { useWords } from '../../text/useWords';
import { ErrorNote } from '../../ui/ErrorNote';
import { LiveRegion } from '../../ui/LiveRegion';
import { SettingBlock } from '../../ui/SettingBlock';
import { Ticking } from '../../ui/Ticking';
import { hostPort, isAddress } from '../../ui/where';
import { TerminalLine } from '../../ui/TerminalLine';

const titles = {
  machines: 'settings.listenMachines',
  updates: 'settings.listenUpdates',
  notices: 'settings.listenNotices',
} as const satisfies Readonly<Record<keyof Listeners, string>>;

/** Most systems require special permissions for lower ports. */
const firstFreePort = 1024;

/** The address of one of the listeners, with a form to change it. */
export function ListenForm({ which }: { readonly which: keyof Listeners }) {
  const words = useWords();
  const { t } = words;
  const state = useCrema((s) => s.listeners[which]);
  const chosen = useCrema((s) => s.settings[settingOf[which]]);
  const machines = useCrema((s) => s.listeners.machines);
  // Machines send reports to the address of their connection.
  const usual =
    which === 'notices' && machines.status !== 'off'
      ? { host: machines.host, port: defaultListen.notices.port }
      : defaultListen[which];
  const now = state.status === 'off' ? (chosen ?? usual) : state;
  // `null`: the user has not typed anything, so the current value is shown.
  const [typedHost, setTypedHost] = useState<string | null>(null);
  const [typedPort, setTypedPort] = useState<number | string | null>(null);
  const listen = useRequest('listen');
  const stop = useRequest('stopListening');
  const host = (typedHost ?? now.host).trim();
  const port = typedPort ?? now.port;
  const goodHost = isAddress(host);
  const goodPort = typeof port === 'number' && Number.isInteger(port) && port >= 1 && port <= 65_535;
  const same = state.status === 'listening' && host === state.host && port === state.port;
  const apply = async (): Promise<void> => {
    if (!goodHost || !goodPort || !(await listen.run({ which, host, port }))) return;
    setTypedHost(null);
    setTypedPort(null);
  };
  const isRefused = which === 'notices' && (state.status === 'failed' || listen.error !== null);
  const usualWhere = which === 'notices' ? t('settings.status.off') : hostPort(usual.host, usual.port);
  const notes = [
    t('settingDefault', { value: usualWhere }),
    ...(which === 'notices' ? [t('settings.noticesNote')] : []),
  ];
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void apply();
      }}
    >
      <SettingBlock title={t(titles[which])} notes={notes}>
        {(label) => (
          <>
            <Ticking className="tabular" text={(time) => stateWords(words, state, time)} />
            <LiveRegion>{announcedWords(words, state)}</LiveRegion>
            <Group gap="sm" align="flex-start" role="group" aria-labelledby={label}>
              <TextInput
                aria-label={t('settings.listenAddress')}
                value={typedHost ?? now.host}
                onChange={(event) => setTypedHost(event.currentTarget.value)}
                error={goodHost ? null : t('settings.hostWrong')}
                w={220}
                className="mono"
              />
              <NumberInput
                aria-label={t('connect.portLabel')}
                value={port}
                onChange={setTypedPort}
                error={goodPort ? null : t('connect.portWrong')}
                hideControls
                allowDecimal={false}
                allowNegative={false}
                w={90}
              />
              <Button
                type="submit"
                variant="default"
                loading={listen.busy}
                disabled={!goodHost || !goodPort || same}
              >
                {t('settings.listenApply')}
              </Button>
              {which === 'notices' && state.status !== 'off' && (
                <Button variant="default" loading={stop.busy} onClick={() => void stop.run({ which })}>
                  {t('settings.listenStop')}
                </Button>
              )}
            </Group>
            {goodHost && !isLoopback(host) && !same && <p>{t('settings.openToNetwork')}</p>}
            <ErrorNote error={listen.error ?? stop.error} />
            {isRefused && goodPort && port < firstFreePort && <LowPort port={port} />}
          </>
        )}
      </SettingBlock>
    </form>
  );
}

const whereOf = (state: Exclude<ListenerState, { readonly status: 'off' }>): string =>
  addressesOf(state)
    .filter(({ status }) => status === state.status)
    .map((one) => hostPort(one.host, one.port))
    .join(' ');

/** Without the duration. */
const announcedWords = (words: Words, state: ListenerState): string =>
  state.status === 'listening'
    ? words.t('top.listening', { where: whereOf(state) })
    : stateWords(words, state, 0);

function stateWords({ t, duration }: Words, state: ListenerState, now: number): string {
  if (state.status === 'off') return t('settings.status.off');
  const where = whereOf(state);
  switch (state.status) {
    case 'listening':
      return t('settings.status.listening', { where, time: duration(now - state.since) });
    case 'waiting':
      return t('settings.status.waiting', { where });
    case 'failed':
      return t('settings.status.failed', { where, detail: state.detail });
  }
}

/** The unprivileged port to which the low one is redirected. */
const instead = 8080;

const commands = (port: number): readonly string[] => [
  `sudo sysctl net.ipv4.ip_unprivileged_port_start=${port}`,
  `sudo iptables -t nat -A PREROUTING -p tcp --dport ${port} -j REDIRECT --to-port ${instead}`,
];

/** Instructions for systems where a low port such as 80 requires permissions. */
function LowPort({ port }: { readonly port: number }) {
  const { t } = useWords();
  const isLinux = useCrema((s) => s.about?.platformName === 'linux');
  return (
    <>
      <p className="dim">{t(isLinux ? 'settings.lowPortLinux' : 'settings.lowPort', { port, instead })}</p>
      {isLinux && commands(port).map((command) => <TerminalLine key={command} text={command} />)}
    </>
  );
}
