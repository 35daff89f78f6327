import { Button } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useRequest } from '../../bridge/request';
import { useCrema } from '../../store';
import { navigate } from '../../store/navigate';
import { useWords } from '../../text/useWords';
import { ErrorNote } from '../../ui/ErrorNote';
import { StateShape } from '../../ui/StateShape';
import { ModeChip } from './ModeChip';

/** One machine is served, all others are turned away. */
export function DirectLinkMode() {
  const link = useCrema((s) => s.settings.directLink);
  return link === null ? null : <Running vmcNo={link.vmcNo} rejectsOthers={link.tells} />;
}

interface RunningProps {
  readonly vmcNo: number | null;
  readonly rejectsOthers: boolean;
}
function Running({ vmcNo, rejectsOthers }: RunningProps) {
  const { t } = useWords();
  const serve = useRequest('setDirectLink');
  const status = useCrema((s) => (vmcNo === null ? undefined : s.list.statuses.get(vmcNo)));
  const online = useCrema((s) => vmcNo !== null && s.machines.get(vmcNo)?.online === true);
  useEffect(() => {
    // Shows the awaited machine as soon as it connects; a user who returns to Connect stays there.
    const { screen } = useCrema.getState().route;
    if (online && screen === 'connect' && vmcNo !== null)
      navigate({ screen: 'machines', vmcNo, tab: 'overview' });
  }, [online, vmcNo]);
  const end = (): void => void serve.run({ link: null, host: null });
  const sentence = vmcNo === null ? t('directLink.bannerFirst') : t('directLink.banner', { vmcNo });
  return (
    <ModeChip
      icon={<IconLock size={14} aria-hidden />}
      label={vmcNo === null ? t('mode.directLinkFirst') : t('mode.directLink', { vmcNo })}
      spoken={sentence}
      isTrouble={serve.error !== null}
      end={{ label: t('directLink.all'), busy: serve.busy, run: end }}
    >
      <p>
        <strong>{sentence}</strong>{' '}
        {rejectsOthers ? t('directLink.bannerRejected') : t('directLink.bannerNote')}
      </p>
      {vmcNo !== null && status !== undefined && (
        <Button
          variant="default"
          leftSection={<StateShape status={status} size={12} decorative />}
          onClick={() => navigate({ screen: 'machines', vmcNo, tab: 'overview' })}
        >
          {t('directLink.open', { vmcNo })} · {t(`state.${status}`)}
        </Button>
      )}
      <Button variant="default" loading={serve.busy} onClick={end}>
        {t('directLink.all')}
      </Button>
      <ErrorNote error={serve.error} />
    </ModeChip>
  );
}
