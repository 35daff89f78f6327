import { ActionIcon, UnstyledButton, VisuallyHidden } from '@mantine/core';
import { IconAntenna, IconAntennaOff, IconClockExclamation, IconHelp, IconSearch } from '@tabler/icons-react';
import { addressesOf, isLoopback, type Adapter, type ListenerState } from '#shared/model/listener';
import { statusOrder } from '#shared/model/problems';
import { request } from '../../bridge/request';
import { useCounts, useCrema } from '../../store';
import { navigate } from '../../store/navigate';
import { formatRoute, machineTable, pageOf } from '../../store/route';
import { isCapture } from '../../store/source';
import { listed } from '../../text/phrases';
import type { Words } from '../../text/words';
import { useWords } from '../../text/useWords';
import { KeyHint } from '../../ui/KeyTable';
import { StateShape } from '../../ui/StateShape';
import { ariaKey, withKey } from '../../ui/keys';
import { act } from '../../ui/useAction';
import { useHotkey } from '../../ui/useHotkey';
import { everywhere, hostPort, named } from '../../ui/where';
import { Modes } from './Modes';
import { useClockProblem } from './useClockProblem';
import classes from './TopBar.module.css';

export function TopBar() {
  useHotkey('newWindow', () => void request('openWindow', undefined));
  return (
    <header className={classes['bar']}>
      <Listening />
      <ClockHint />
      <div className={classes['right']}>
        <Counts />
        <Modes />
        <Find />
        <HelpHere />
      </div>
    </header>
  );
}

/** Only if this computer's clock is certainly wrong. */
function ClockHint() {
  const { t, dateTime } = useWords();
  const problem = useClockProblem();
  if (problem === null) return null;
  return (
    <a
      className={classes['clock']}
      href={formatRoute({ screen: 'settings' })}
      title={t(`top.clock.${problem.why}`, { now: dateTime(problem.now), than: dateTime(problem.than) })}
    >
      <IconClockExclamation size={16} aria-hidden />
      {t('top.clock.wrong')}
    </a>
  );
}

/** Opens the command palette, and shows its key. */
function Find() {
  const { t } = useWords();
  return (
    <UnstyledButton
      className={classes['find']}
      aria-keyshortcuts={ariaKey('palette')}
      title={withKey(t, t('palette.open'), 'palette')}
      onClick={() => act('palette')}
    >
      <IconSearch size={16} aria-hidden />
      <VisuallyHidden component="span">{t('palette.open')}</VisuallyHidden>
      <KeyHint name="palette" />
    </UnstyledButton>
  );
}

/** Opens the manual's page about the present screen. */
function HelpHere() {
  const { t } = useWords();
  const page = useCrema((s) => pageOf(s.route));
  const open = (): void => navigate({ screen: 'help', topic: 'manual', item: page });
  useHotkey('manual', open);
  return (
    <ActionIcon
      aria-label={t('top.help')}
      aria-keyshortcuts={ariaKey('manual')}
      title={withKey(t, t('top.help'), 'manual')}
      onClick={open}
    >
      <IconHelp size={16} aria-hidden />
    </ActionIcon>
  );
}

function Listening() {
  const words = useWords();
  const state = useCrema((s) => s.listeners.machines);
  const adapters = useCrema((s) => s.adapters);
  const isListening = state.status === 'listening';
  const reach = !isListening ? 'none' : isLoopback(state.host) ? 'computer' : 'network';
  const { short, long } = listeningWords(words, state, adapters);
  const Icon = isListening ? IconAntenna : IconAntennaOff;
  return (
    <a
      className={classes['listening']}
      data-reach={reach}
      href={formatRoute({ screen: 'connect' })}
      title={`${long}\n${words.t('top.toConnect')}`}
    >
      <Icon size={16} aria-hidden />
      <VisuallyHidden component="span">{long}</VisuallyHidden>
      <span className="tabular" aria-hidden>
        {short}
      </span>
    </a>
  );
}

/** The text in the bar, and as a sentence. */
function listeningWords(
  words: Words,
  state: ListenerState,
  adapters: readonly Adapter[],
): { readonly short: string; readonly long: string } {
  const { t } = words;
  const same = (text: string) => ({ short: text, long: text });
  if (state.status === 'off') return same(t('top.notListening'));
  const { host, port } = state;
  const where = hostPort(host, port);
  if (state.status === 'failed') return same(t('top.listenFailed', { where }));
  if (state.status === 'waiting') return same(t('top.waiting', { host }));
  if (everywhere.includes(host))
    return { short: t('top.allAdapters', { port }), long: t('top.listeningAll', { port }) };
  if (isLoopback(host))
    return { short: t('top.loopback', { where }), long: t('top.listeningLoopback', { where }) };
  const all = addressesOf(state).flatMap((one) =>
    one.status === 'listening' ? named(one.host, port, adapters) : [],
  );
  return { short: all.join(', '), long: t('top.listening', { where: listed(words, all) }) };
}

/** The machines of each state, as the chips of the list count them. */
function Counts() {
  const words = useWords();
  const { t } = words;
  const counts = useCounts();
  const inCapture = useCrema((s) => isCapture(s) || s.allSites);
  const present = statusOrder.filter((status) => counts[status] > 0);
  // In a capture the list shows past states.
  if (inCapture) return null;
  if (present.length === 0) return <span className="dim">{t('top.none')}</span>;
  return (
    <ul className={classes['counts']} aria-label={t('top.summary')} data-tour-at="counts">
      {present.map((status) => {
        const count = words.number(counts[status]);
        const word = t(`state.${status}`);
        return (
          <li key={status}>
            <a href={formatRoute(machineTable(status))} title={`${count} ${word}`}>
              <StateShape status={status} size={12} decorative />
              <span className="tabular">{count}</span>
              <VisuallyHidden component="span"> {word}</VisuallyHidden>
            </a>
          </li>
        );
      })}
    </ul>
  );
}
