import { Button } from '@mantine/core';
import type { MachineRow, MachineState, SignResult } from '#shared/model/machine';
import { useConfig, useCrema } from '../../../store';
import { navigate } from '../../../store/navigate';
import { isCapture } from '../../../store/source';
import type { Words } from '../../../text/words';
import { useWords } from '../../../text/useWords';
import { CopyButton } from '../../../ui/Copyable';
import { KeyValue, KeyValues } from '../../../ui/KeyValue';
import { Ago } from '../../../ui/Ticking';
import { FrameLink } from './FrameLink';

/** Number, program, versions, and whether the machine has proved that it is the one. */
export function Identity({ state, row }: { readonly state: MachineState; readonly row: MachineRow }) {
  const words = useWords();
  const { t } = words;
  const config = useConfig(state.vmcNo);
  const { login } = state;
  const hasCode = useCrema((s) => !isCapture(s) && s.codes[state.vmcNo] !== undefined);
  const byHand = config.platform !== null;
  const platform = config.platform ?? state.platform ?? row.platform;
  return (
    <KeyValues>
      <KeyValue label={t('machine.number')}>
        {state.vmcNo} <CopyButton text={() => String(state.vmcNo)} what={t('machine.number')} />
      </KeyValue>
      <KeyValue label={t('machine.platform')}>
        {platform === null ? (
          <span className="dim">{t('machine.notReported')}</span>
        ) : (
          <>
            {t('packages.aside', {
              text: words.platform(platform),
              more: t(byHand ? 'machine.byHand' : 'machine.fromLogin'),
            })}
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
            <FrameLink entry={login.entry}>
              <Ago at={login.at} />
            </FrameLink>
          </KeyValue>
          <KeyValue label={t('machine.loginCount')}>{login.loginCount}</KeyValue>
        </>
      )}
      {hasCode && state.sign !== null && (
        <KeyValue label={t('machine.sign')}>{signWords(words, state.sign)}</KeyValue>
      )}
      <KeyValue label={t('identity.title')}>
        <Proof row={row} hasCode={hasCode} />
      </KeyValue>
    </KeyValues>
  );
}

/** Without a stored code nothing can be verified. Only this place shows that, with the way to store a code. */
function Proof({ row, hasCode }: { readonly row: MachineRow; readonly hasCode: boolean }) {
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
