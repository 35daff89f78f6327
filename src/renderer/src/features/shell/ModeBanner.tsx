import { Button } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useRequest } from '../../bridge/request';
import { useCrema } from '../../store';
import { navigate } from '../../store/navigate';
import { useWords } from '../../text/useWords';
import { ErrorNote } from '../../ui/ErrorNote';
import { StateShape } from '../../ui/StateShape';
import { Banner } from './Banner';

/** Unusual modes of serving machines, each with its way back. */
export function ModeBanner() {
  const link = useCrema((s) => s.settings.directLink);
  return link === null ? null : <DirectLink vmcNo={link.vmcNo} rejectsOthers={link.tells} />;
}

function DirectLink({
  vmcNo,
  rejectsOthers,
}: {
  readonly vmcNo: number | null;
  readonly rejectsOthers: boolean;
}) {
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
  return (
    <Banner
      kind="mode"
      icon={<IconLock size={18} aria-hidden />}
      actions={
        <>
          {vmcNo !== null && status !== undefined && (
            <Button
              variant="default"
              leftSection={<StateShape status={status} size={12} decorative />}
              onClick={() => navigate({ screen: 'machines', vmcNo, tab: 'overview' })}
            >
              {t('directLink.open', { vmcNo })} · {t(`state.${status}`)}
            </Button>
          )}
          <Button
            variant="default"
            loading={serve.busy}
            onClick={() => void serve.run({ link: null, host: null })}
          >
            {t('directLink.all')}
          </Button>
        </>
      }
    >
      <strong>{vmcNo === null ? t('directLink.bannerFirst') : t('directLink.banner', { vmcNo })}</strong>{' '}
      <span>{rejectsOthers ? t('directLink.bannerRejected') : t('directLink.bannerNote')}</span>
      <ErrorNote error={serve.error} />
    </Banner>
  );
}
