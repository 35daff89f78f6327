import { Button } from '@mantine/core';
import { IconArrowsExchange } from '@tabler/icons-react';
import type { RelaySettings } from '#shared/model/relay';
import { useRequest } from '../../bridge/request';
import { useCrema } from '../../store';
import { navigate } from '../../store/navigate';
import { stopQuestion } from '../../text/phrases';
import { useWords } from '../../text/useWords';
import { AskOnce } from '../../ui/AskOnce';
import { ErrorNote } from '../../ui/ErrorNote';
import { hostPort } from '../../ui/where';
import { Banner } from './Banner';

/** The handling of a machine that connects while its server can't be reached. */
function goneAs({ serveMeanwhile, rules }: RelaySettings): 'served' | 'ruled' | 'letGo' {
  if (serveMeanwhile) return 'served';
  return rules.some(({ isOn, does }) => isOn && does === 'answer') ? 'ruled' : 'letGo';
}

/** Machines are relayed to their real server, or should be. */
export function RelayBanner() {
  const words = useWords();
  const { t } = words;
  const settings = useCrema((s) => s.settings.relay);
  const screen = useCrema((s) => s.route.screen);
  const { connections, unreachable, held } = useCrema((s) => s.relay);
  const set = useRequest('setRelay');
  if (!settings.isOn) return null;
  const { relayed, meanwhile, cutOff } = connections;
  const passed = relayed + meanwhile + cutOff;
  const [gone] = unreachable;
  return (
    <Banner
      kind={gone === undefined && meanwhile === 0 ? 'mode' : 'failure'}
      icon={<IconArrowsExchange size={18} aria-hidden />}
      actions={
        <>
          {screen !== 'relay' && (
            <Button variant="default" onClick={() => navigate({ screen: 'relay' })}>
              {t('relay.banner.open')}
            </Button>
          )}
          <AskOnce
            label={t('relay.stop')}
            question={stopQuestion(words, passed)}
            busy={set.busy}
            onYes={() => void set.run({ relay: { ...settings, isOn: false } })}
          />
        </>
      }
    >
      <strong>{t('relay.banner.on')}</strong> <span>{t('relay.banner.counts', { count: relayed })}</span>{' '}
      {meanwhile > 0 ? (
        <strong>{t('relay.banner.meanwhile', { count: meanwhile })}</strong>
      ) : (
        gone !== undefined && (
          <strong>
            {t(gone.detail === 'LOOP' ? 'relay.banner.loop' : 'relay.banner.unreachable', {
              where: hostPort(gone.host, gone.port),
            })}{' '}
            {t(`relay.banner.gone.${goneAs(settings)}`)}
          </strong>
        )
      )}{' '}
      {held.length > 0 && <strong>{t('relay.banner.held', { count: held.length })}</strong>}
      <ErrorNote error={set.error} />
    </Banner>
  );
}
