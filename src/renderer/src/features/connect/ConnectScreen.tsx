import { Button } from '@mantine/core';
import { IconFlask } from '@tabler/icons-react';
import { useTour } from '../../bridge/tour';
import { declineTour, useCrema } from '../../store';
import { useWords } from '../../text/useWords';
import { Boundary } from '../../ui/Boundary';
import { ErrorNote } from '../../ui/ErrorNote';
import { Panel } from '../../ui/Panel';
import { StartCard } from '../../ui/StartCard';
import { Addresses } from './Addresses';
import { Dials } from './Dials';
import { DirectLink } from './DirectLink';
import { ToType } from './ToType';
import { VirtualMachines } from './VirtualMachines';
import { Waiting } from './Waiting';
import classes from './Connect.module.css';

/** At the first start only. */
function TourOffer() {
  const { t } = useWords();
  const isOffered = useCrema((s) => !s.isTourSeen && s.tour === null && s.machines.size === 0);
  const tour = useTour();
  if (!isOffered) return null;
  return (
    <StartCard icon={<IconFlask size={20} aria-hidden />} title={t('tour.title')} text={t('tour.text')}>
      <Button variant="default" loading={tour.busy} onClick={tour.begin}>
        {t('tour.start')}
      </Button>
      <Button variant="subtle" onClick={declineTour}>
        {t('tour.no')}
      </Button>
      <ErrorNote error={tour.error} />
    </StartCard>
  );
}

/** Connecting a machine: what to enter in it, how far its connection has come, and rare ways folded below. */
export function ConnectScreen() {
  const { t } = useWords();
  return (
    <div className={classes['screen']}>
      <div className={classes['main']}>
        <h1>{t('connect.title')}</h1>
        <Boundary where="address to type">
          <ToType />
        </Boundary>
        <Boundary where="waiting connections">
          <Waiting />
        </Boundary>
        <Boundary where="addresses">
          <Addresses />
        </Boundary>
        <Boundary where="direct link">
          <DirectLink />
        </Boundary>
        <Boundary where="machines that are called">
          <Dials />
        </Boundary>
        <Boundary where="virtual machines">
          <VirtualMachines />
        </Boundary>
      </div>
      <div className={classes['aside']}>
        <Boundary where="tour offer">
          <TourOffer />
        </Boundary>
        <Panel title={t('connect.howTitle')}>
          <ol className={classes['steps']}>
            <li>{t('connect.how1')}</li>
            <li>{t('connect.how2')}</li>
            <li>{t('connect.how3')}</li>
            <li>{t('connect.how4')}</li>
          </ol>
        </Panel>
      </div>
    </div>
  );
}
