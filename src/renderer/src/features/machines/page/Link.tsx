import type { ReactNode } from 'react';
import type { MachineState } from '#shared/model/machine';
import type { Words } from '../../../text/words';
import { useWords } from '../../../text/useWords';
import { Boundary } from '../../../ui/Boundary';
import { CopyButton } from '../../../ui/Copyable';
import { KeyValue, KeyValues } from '../../../ui/KeyValue';
import { Ago, Since } from '../../../ui/Ticking';
import { hostPort } from '../../../ui/where';
import { Findings } from './Findings';

/** Facts about the connection, present or last. */
export function Link({ state }: { readonly state: MachineState }) {
  const words = useWords();
  const { t } = words;
  const { link, counts } = state;
  const online = link.status === 'online';
  return (
    <>
      <KeyValues>
        {online ? (
          <>
            <KeyValue label={t('machine.address')}>
              <span className="mono">{hostPort(link.peer.remoteAddress, link.peer.remotePort)}</span>{' '}
              <CopyButton text={() => link.peer.remoteAddress} what={t('machine.address')} />
            </KeyValue>
            {link.peer.relay !== undefined && (
              <KeyValue label={t('machine.realServer')}>
                <span className="mono">{hostPort(link.peer.relay.host, link.peer.relay.port)}</span>{' '}
                {t(`machine.relay.${link.peer.relay.is}`)}
              </KeyValue>
            )}
            <KeyValue label={t('machine.onlineSince')}>
              <Since at={link.since} />
            </KeyValue>
          </>
        ) : (
          <>
            <KeyValue label={t('machine.offlineSince')}>
              <Since at={link.since} />
            </KeyValue>
            <KeyValue label={t('machine.why')}>{t(`close.${link.reason}`)}</KeyValue>
          </>
        )}
        <KeyValue label={t('machine.lastHeard')}>
          {state.lastHeard === null ? t('app.none') : <Ago at={state.lastHeard} />}
        </KeyValue>
        <KeyValue label={t('machine.heartbeat')}>{heartbeatWords(words, state)}</KeyValue>
        <KeyValue label={t('machine.head')}>
          {state.head === null ? null : t(`machine.heads.${state.head}`)}
        </KeyValue>
        <KeyValue label={t('machine.sequence')}>
          {state.sequence === null ? null : words.number(state.sequence)}
        </KeyValue>
        <KeyValue label={t('machine.frames')}>
          {t('machine.framesInOut', {
            in: words.number(counts.framesIn),
            out: words.number(counts.framesOut),
          })}
        </KeyValue>
        <KeyValue label={t('machine.bytesIn')}>{words.bytes(counts.bytesIn)}</KeyValue>
        <KeyValue label={t('machine.junk')}>
          {counts.junkBytes === 0 ? null : words.bytes(counts.junkBytes)}
        </KeyValue>
        <KeyValue label={t('machine.connections')}>{words.number(state.connections)}</KeyValue>
      </KeyValues>
      <Boundary where={`findings of machine ${state.vmcNo}`} of={state}>
        <Findings state={state} />
      </Boundary>
    </>
  );
}

function heartbeatWords({ t, number, language }: Words, { heartbeat }: MachineState): ReactNode {
  const { count, interval } = heartbeat;
  if (count === 0) return t('app.none');
  // Below a second it is a burst, not a rhythm.
  if (interval === null || interval < 1_000) return t('machine.heartbeatCount', { count });
  // A beat's interval is worth a decimal: 20.0 s is on time, 20.8 s is not.
  const seconds = new Intl.NumberFormat(language, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const time = t('time.s', { s: seconds.format(interval / 1000) });
  return t('machine.heartbeatEvery', { time, n: number(count) });
}
