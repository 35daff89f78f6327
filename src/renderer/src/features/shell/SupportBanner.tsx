import { Button } from '@mantine/core';
import { IconHeadset } from '@tabler/icons-react';
import { riskOn } from '#shared/commands/kit/rows';
import type { SupportAnswer } from '#shared/model/sites';
import { useRequest } from '../../bridge/request';
import { useCrema, useRow } from '../../store';
import { commandWords } from '../../text/commandWords';
import { useWords } from '../../text/useWords';
import { ErrorNote } from '../../ui/ErrorNote';
import { Banner } from './Banner';

/** Support wants to give a command to a machine here, and waits for a person. */
export function SupportBanner() {
  const words = useWords();
  const { t } = words;
  const [ask, ...others] = useCrema((s) => s.sites.asks);
  const row = useRow(ask?.vmcNo ?? -1);
  const answer = useRequest('answerSupport');
  if (ask === undefined) return null;
  const { request, vmcNo, name, input, person, computer, accepted } = ask;
  const risk = riskOn(name, row?.platform ?? null);
  const give = (what: SupportAnswer): void => void answer.run({ request, answer: what });
  const machine = row === undefined || row.name === '' ? String(vmcNo) : `${vmcNo} ${row.name}`;
  return (
    <Banner
      key={request}
      kind="failure"
      icon={<IconHeadset size={18} aria-hidden />}
      actions={
        <>
          <Button loading={answer.busy} onClick={() => give('once')}>
            {t('sites.support.once')}
          </Button>
          <Button variant="default" onClick={() => give('hour')}>
            {t('sites.support.hour')}
          </Button>
          <Button variant="default" onClick={() => give('refuse')}>
            {t('sites.support.refuse')}
          </Button>
        </>
      }
    >
      <strong>
        {t('sites.support.asks', {
          person,
          computer,
          machine,
          command: commandWords(words, { name, input }),
        })}
      </strong>{' '}
      {risk !== 'none' && `${t(`commandRisk.${risk}`)} `}
      {t(`command.${name}.ask`)}{' '}
      {accepted.length > 0 && t('sites.support.accepted', { count: accepted.length, person })}{' '}
      {others.length > 0 && <span className="dim">{t('sites.support.more', { count: others.length })}</span>}
      <ErrorNote error={answer.error} />
    </Banner>
  );
}
