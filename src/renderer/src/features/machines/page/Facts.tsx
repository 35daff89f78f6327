import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import type { MachineDetail } from '#shared/contract/detail';
import type { MachineRow, MachineState, Platform, SignResult } from '#shared/model/machine';
import { useConfig, useCrema } from '../../../store';
import { navigate } from '../../../store/navigate';
import { isCapture } from '../../../store/source';
import type { Words } from '../../../text/words';
import { useWords } from '../../../text/useWords';
import { Boundary } from '../../../ui/Boundary';
import { CopyButton } from '../../../ui/Copyable';
import { KeyValue, KeyValues } from '../../../ui/KeyValue';
import { Panel } from '../../../ui/Panel';
import { Ago, Since } from '../../../ui/Ticking';
import { hostPort } from '../../../ui/where';
import type { Question } from '../commands/forms/types';
import { DiagnosisPanel } from './DiagnosisPanel';
import { Evidence } from './Evidence';
import { Findings } from './Findings';
import { LinkHour, NextBeat } from './LinkHour';
import { Now } from './Now';
import classes from './Facts.module.css';

interface FactsProps {
  readonly row: MachineRow;
  readonly detail: MachineDetail;
  readonly onAsk: (question: Question) => void;
}

export function Facts({ row, detail: { state }, onAsk }: FactsProps) {
  return (
    <div className={classes['facts']}>
      <Boundary where={`“now” of machine ${row.vmcNo}`} of={state}>
        <Now row={row} state={state} />
      </Boundary>
      <Boundary where={`diagnosis of machine ${row.vmcNo}`} of={state}>
        <DiagnosisPanel row={row} state={state} onAsk={onAsk} />
      </Boundary>
      <div className={classes['column']}>
        <Boundary where={`link of machine ${row.vmcNo}`} of={state}>
          <Link state={state} platform={row.platform} />
        </Boundary>
        <Boundary where={`identity of machine ${row.vmcNo}`} of={state}>
          <Who state={state} row={row} />
        </Boundary>
      </div>
    </div>
  );
}

function Who({ state, row }: { readonly state: MachineState; readonly row: MachineRow }) {
  const words = useWords();
  const { t } = words;
  const config = useConfig(state.vmcNo);
  const { login } = state;
  const hasCode = useCrema((s) => !isCapture(s) && s.codes[state.vmcNo] !== undefined);
  const byHand = config.platform !== null;
  const platform = config.platform ?? state.platform ?? row.platform;
  return (
    <Panel title={t('machine.who')}>
      <KeyValues>
        <KeyValue label={t('machine.number')}>
          {state.vmcNo} <CopyButton text={() => String(state.vmcNo)} what={t('machine.number')} />
        </KeyValue>
        <KeyValue label={t('machine.platform')}>
          {platform === null ? (
            <span className="dim">{t('machine.notReported')}</span>
          ) : (
            <>
              {words.platform(platform)}{' '}
              <span className="dim">({t(byHand ? 'machine.byHand' : 'machine.fromLogin')})</span>
            </>
          )}
        </KeyValue>
        {login === null ? (
          <KeyValue label={t('machine.lastLogin')}>
            <span className="dim">{t('machine.noLogin')}</span>
          </KeyValue>
        ) : (
          <>
            <KeyValue label={t('machine.version')}>{login.version}</KeyValue>
            <KeyValue label={t('machine.driverVersion')}>{login.driverVersion}</KeyValue>
            <KeyValue label={t('machine.ioVersion')}>{login.ioVersion}</KeyValue>
            <KeyValue label={t('machine.model')}>{login.model}</KeyValue>
            {Object.entries(login.boards).map(([name, version]) => (
              <KeyValue key={name} label={t('machine.board', { name })}>
                {version}
              </KeyValue>
            ))}
            <KeyValue label={t('machine.compId')}>{login.compId}</KeyValue>
            <KeyValue label={t('machine.lastLogin')}>
              <Ago at={login.at} /> <Evidence entry={login.entry} />
            </KeyValue>
            <KeyValue label={t('machine.loginCount')}>{login.loginCount}</KeyValue>
          </>
        )}
        {hasCode && state.sign !== null && (
          <KeyValue label={t('machine.sign')}>{signWords(words, state.sign)}</KeyValue>
        )}
        <KeyValue label={t('identity.title')}>
          <Identity row={row} hasCode={hasCode} />
        </KeyValue>
      </KeyValues>
    </Panel>
  );
}

/** Without a stored code nothing can be verified. Only this place shows that, with the way to store a code. */
function Identity({ row, hasCode }: { readonly row: MachineRow; readonly hasCode: boolean }) {
  const { t } = useWords();
  const inCapture = useCrema(isCapture);
  const { vmcNo, verification } = row;
  const { signPolicy } = useConfig(vmcNo);
  if (verification !== 'unverifiable') return t(`identity.is.${verification}`);
  if (hasCode) return t(signPolicy === 'ignore' ? 'identity.is.ignored' : 'identity.is.android');
  return (
    <>
      {t('identity.is.noCode')}{' '}
      {!inCapture && (
        <Button
          size="compact-xs"
          variant="default"
          onClick={() => navigate({ screen: 'machines', vmcNo, tab: 'settings' })}
        >
          {t('identity.store')}
        </Button>
      )}
    </>
  );
}

function signWords({ t }: Words, sign: SignResult): string {
  switch (sign.kind) {
    case 'noCode':
      return t('machine.signNoCode');
    case 'absent':
      return t('machine.signAbsent');
    case 'ignored':
      return t('machine.signIgnored');
    case 'mismatch':
      return t('machine.signMismatch');
    case 'matched': {
      const formula = t(`machine.formula.${sign.formula}`);
      return sign.exact ? t('machine.signMatched', { formula }) : t('machine.signMatchedLoose', { formula });
    }
  }
}

interface LinkProps {
  readonly state: MachineState;
  readonly platform: Platform | null;
}

function Link({ state, platform }: LinkProps) {
  const words = useWords();
  const { t } = words;
  const { link, counts } = state;
  const online = link.status === 'online';
  return (
    <Panel title={t('machine.link')}>
      <Boundary where={`last hour of machine ${state.vmcNo}`} of={state}>
        <LinkHour state={state} />
      </Boundary>
      <KeyValues>
        {online ? (
          <>
            <KeyValue label={t('machine.address')}>
              <span className="mono">{hostPort(link.peer.remoteAddress, link.peer.remotePort)}</span>{' '}
              <CopyButton text={() => link.peer.remoteAddress} what={t('machine.address')} />
            </KeyValue>
            <KeyValue label={t('machine.arrivesAt')}>
              <span className="mono">{hostPort(link.peer.localAddress, link.peer.localPort)}</span>
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
        <KeyValue label={t('linkHour.next')}>
          {online && <NextBeat state={state} platform={platform} />}
        </KeyValue>
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
    </Panel>
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
