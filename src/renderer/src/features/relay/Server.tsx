import { Button, Checkbox, Group } from '@mantine/core';
import { IconArrowsExchange, IconPlayerStop } from '@tabler/icons-react';
import { useState } from 'react';
import { connectErrors, isSameTarget, type DialTarget } from '#shared/model/dial';
import { relayedAs, type RelaySettings, type Unreachable } from '#shared/model/relay';
import type { Reply } from '#shared/contract/requests/index';
import { request, useRequest } from '../../bridge/request';
import { useCrema } from '../../store';
import { listed, stopQuestion, withCost } from '../../text/phrases';
import type { Words } from '../../text/words';
import { useWords } from '../../text/useWords';
import { AskOnce } from '../../ui/AskOnce';
import { Boundary } from '../../ui/Boundary';
import { createDrafts } from '../../ui/drafts';
import { ErrorNote } from '../../ui/ErrorNote';
import { Panel } from '../../ui/Panel';
import { StateShape } from '../../ui/StateShape';
import { Ticking } from '../../ui/Ticking';
import { typedOf, type TypedTarget } from '../../ui/typedTarget';
import { hostPort } from '../../ui/where';
import { readServer, ServerFields } from './ServerFields';
import classes from './Relay.module.css';

/** Drafts by the current server, which the typed one replaces. */
const useDraft = createDrafts<TypedTarget>();

/** The relay's server, switch and state. */
export function Server() {
  const words = useWords();
  const { t } = words;
  const settings = useCrema((s) => s.settings.relay);
  const relay = useCrema((s) => s.relay);
  const machines = useCrema((s) => s.machines);
  const online = [...machines.values()].filter(({ online: is, virtual }) => is && !virtual).length;
  const set = useRequest('setRelay');
  const [typed, setTyped, forget] = useDraft(
    JSON.stringify(settings.upstream),
    typedOf(settings.upstream),
    null,
  );
  const [shown, setShown] = useState(settings.upstream);
  if (!isSame(shown, settings.upstream)) {
    // Another window changed it.
    setShown(settings.upstream);
    setTyped(typedOf(settings.upstream));
  }
  const [wrong, setWrong] = useState<'host' | 'port' | null>(null);
  const target = readServer(typed);
  const isEmpty = typed.host.trim() === '' && typed.port.trim() === '';
  const upstream = typeof target === 'string' ? null : target;
  const isOther = !isSame(upstream, settings.upstream) || (typeof target === 'string' && !isEmpty);
  const change = async (patch: Partial<RelaySettings>): Promise<void> => {
    const refused = typeof target === 'string' && !isEmpty ? target : null;
    setWrong(refused);
    if (refused === null && (await set.run({ relay: { ...settings, upstream, ...patch } }))) forget();
  };
  const type = (patch: Partial<TypedTarget>): void => {
    setTyped({ ...typed, ...patch });
    setWrong(null);
    set.clear();
  };
  const { connections } = relay;
  const passed = connections.relayed + connections.meanwhile + connections.cutOff;
  return (
    <Panel title={t('relay.server')}>
      <div className={classes['body']}>
        <StateLine settings={settings} isPassing={connections.relayed > 0} />
        {settings.isOn && (
          <ul className={classes['counts']} data-counts>
            {relayedAs.map(
              (is) =>
                (connections[is] > 0 || is === 'relayed') && (
                  <li key={is} data-is={is}>
                    <StateShape status={connections[is] > 0 ? shapes[is] : 'offline'} size={12} decorative />
                    {t(`relay.count.${is}`, { count: connections[is] })}
                  </li>
                ),
            )}
            {relay.calling > 0 && (
              <li>
                <StateShape status="restarting" size={12} decorative />
                {t('relay.count.calling', { count: relay.calling })}
              </li>
            )}
          </ul>
        )}
        {relay.unproven.map(({ host, port }) => (
          <p key={hostPort(host, port)} className={classes['mind']} role="status" data-unproven>
            {t('relay.unproven', { where: hostPort(host, port) })}
          </p>
        ))}
        <GiveBack />
        {relay.unreachable.map((one) => (
          <Boundary key={hostPort(one.host, one.port)} as="row" where="server that can't be reached" of={one}>
            <UnreachableLine unreachable={one} />
          </Boundary>
        ))}
        <Group gap="sm" align="start">
          <ServerFields typed={typed} wrong={wrong} onType={type} />
        </Group>
        <Group gap="sm">
          {settings.isOn ? (
            <>
              {isOther && (
                <AskOnce
                  label={t('relay.change')}
                  question={withCost(words, t('relay.changeAsk'), passed > 0)}
                  busy={set.busy}
                  onYes={() => void change({})}
                />
              )}
              <AskOnce
                label={t('relay.stop')}
                icon={<IconPlayerStop size={15} aria-hidden />}
                question={stopQuestion(words, passed)}
                busy={set.busy}
                onYes={() => void set.run({ relay: { ...settings, isOn: false } })}
              />
            </>
          ) : (
            <AskOnce
              label={t('relay.start')}
              icon={<IconArrowsExchange size={15} aria-hidden />}
              isPrimary
              question={
                online === 0
                  ? t('relay.startAskNone')
                  : withCost(words, t('relay.startAsk', { count: online }))
              }
              busy={set.busy}
              onYes={() => void change({ isOn: true })}
            />
          )}
        </Group>
        <ErrorNote error={set.error} />
        <p className="dim">{t('relay.forAll')}</p>
        <Checkbox
          label={t('relay.meanwhile')}
          description={withCost(words, t('relay.meanwhileNote'), connections.meanwhile > 0)}
          checked={settings.serveMeanwhile}
          onChange={(event) => {
            const serveMeanwhile = event.currentTarget.checked;
            void set.run({ relay: { ...settings, serveMeanwhile } });
          }}
        />
        <p className="dim">{t('relay.notes')}</p>
      </div>
    </Panel>
  );
}

/** Machines that Crema serves in place of their server, and the button that gives them back. */
function GiveBack() {
  const words = useWords();
  const { t } = words;
  const { connections, waiting } = useCrema((s) => s.relay);
  const [reply, setReply] = useState<Reply<'giveBack'> | null>(null);
  const [busy, setBusy] = useState(false);
  const done = reply?.ok === true ? reply.value : null;
  const served = connections.meanwhile + connections.cutOff;
  if (served === 0 && done === null) return null;
  return (
    <>
      {waiting.length > 0 && (
        <p data-waiting={waiting.length}>
          {t('relay.givenLater', { machines: listed(words, waiting.map(String)) })}
        </p>
      )}
      {done !== null && (
        <p role="status" data-given={done.given}>
          {t('relay.gaveBack', { count: done.given })}{' '}
          {done.unreachable > 0 && t('relay.stillGone', { count: done.unreachable })}
        </p>
      )}
      {served > 0 && (
        <Group gap="sm">
          <AskOnce
            label={t('relay.giveBack')}
            question={withCost(words, t('relay.giveBackAsk'))}
            busy={busy}
            onYes={() => {
              setBusy(true);
              void request('giveBack', undefined)
                .then(setReply)
                .finally(() => setBusy(false));
            }}
          />
        </Group>
      )}
      <ErrorNote error={reply?.ok === false ? reply.error : null} />
    </>
  );
}

const shapes = { relayed: 'online', meanwhile: 'warning', cutOff: 'offline' } as const;

const isSame = (a: DialTarget | null, b: DialTarget | null): boolean =>
  a === null || b === null ? a === b : isSameTarget(a, b);

interface StateLineProps {
  readonly settings: RelaySettings;
  /** Machines are being relayed. */
  readonly isPassing: boolean;
}
function StateLine({ settings, isPassing }: StateLineProps) {
  const { t } = useWords();
  const { isOn, upstream, ofMachines } = settings;
  const words = !isOn
    ? t('relay.off')
    : upstream === null
      ? t('relay.onOwn', { count: ofMachines.length })
      : t('relay.on', { where: hostPort(upstream.host, upstream.port) });
  return (
    <p className={classes['state']} data-relay={isOn ? 'on' : 'off'}>
      <StateShape status={isPassing ? 'online' : 'offline'} size={13} decorative />
      <strong>{words}</strong>
    </p>
  );
}

const known = [...connectErrors, 'LOOP'] as const;

function why({ t }: Words, detail: string): string {
  const code = known.find((one) => one === detail);
  return code === undefined ? t('relay.why.other', { detail }) : t(`relay.why.${code}`);
}

/** A server that can't be reached, and the time of the next attempt. */
function UnreachableLine({ unreachable }: { readonly unreachable: Unreachable }) {
  const words = useWords();
  const { t, duration } = words;
  const retry = useRequest('retryUpstream');
  const { host, port, detail, since, tries, nextAt } = unreachable;
  const where = hostPort(host, port);
  return (
    <div className={classes['unreachable']} role="status" data-unreachable={where}>
      <StateShape status="fault" size={13} decorative />
      <div>
        <p>{t('relay.unreachable', { where, why: why(words, detail) })}</p>
        <p className="dim">
          <Ticking
            text={(now) =>
              t('relay.tried', {
                count: tries,
                time: duration(Math.max(1_000, now - since)),
                next: duration(Math.max(0, nextAt - now)),
              })
            }
          />
        </p>
      </div>
      <Button
        variant="default"
        size="compact-xs"
        aria-label={t('relay.retryOf', { where })}
        onClick={() => void retry.run({ host, port })}
      >
        {t('relay.retry')}
      </Button>
    </div>
  );
}
