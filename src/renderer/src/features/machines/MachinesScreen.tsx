import { Button } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconFlask, IconPlugConnected } from '@tabler/icons-react';
import { useState } from 'react';
import { useTour } from '../../bridge/tour';
import { useCrema } from '../../store';
import { navigate } from '../../store/navigate';
import { useRemembered } from '../../store/remembered';
import { isCapture } from '../../store/source';
import { useWords, WordsOf } from '../../text/useWords';
import { Boundary } from '../../ui/Boundary';
import { EmptyNote } from '../../ui/EmptyNote';
import { ErrorNote } from '../../ui/ErrorNote';
import { Split } from '../../ui/Split';
import { StartCard } from '../../ui/StartCard';
import { BackToTable, MachineList } from './list/MachineList';
import { MachineTable } from './table/MachineTable';
import { RegistryDialog } from './registry/RegistryDialog';
import classes from './MachinesScreen.module.css';
import { MachinePage, type MachinePageProps } from './page/MachinePage';

const isWidth = (value: unknown): value is `${number}px` =>
  typeof value === 'string' && /^\d{3}(\.\d+)?px$/.test(value);

/** The list and the page do not fit beside each other, such as in the smallest window at 125 %. */
const narrow = '(max-width: 800px)';

export function MachinesScreen({ panes }: Pick<MachinePageProps, 'panes'>) {
  const { t } = useWords();
  const vmcNo = useCrema((s) => (s.route.screen === 'machines' ? s.route.vmcNo : null));
  // Machines known from the machine list are not awaited either.
  const empty = useCrema((s) => s.machines.size === 0 && Object.keys(s.configs).length === 0);
  const [width, setWidth] = useRemembered<`${number}px`>('listWidth', '300px', isWidth);
  const isNarrow = useMediaQuery(narrow, false, { getInitialValueInEffect: false });
  if (vmcNo === null)
    return empty ? (
      <NoMachines />
    ) : (
      <Boundary where="table of machines">
        <MachineTable />
      </Boundary>
    );
  return (
    <Split
      label={t('machines.resize')}
      size={width}
      initial="300px"
      min="220px"
      max="520px"
      restMin="420px"
      onSize={(size) => isWidth(size) && setWidth(size)}
      first={
        isNarrow ? null : (
          <Boundary where="list of machines">
            <MachineList />
          </Boundary>
        )
      }
      // In one place in both widths: otherwise a dialog would close, with its text, when the window is made narrower.
      second={
        <div className={classes['beside']}>
          {isNarrow && (
            <div className={classes['back']}>
              <BackToTable alone />
            </div>
          )}
          <WordsOf vmcNo={vmcNo}>
            <Boundary key={vmcNo} where={`page of machine ${vmcNo}`}>
              <MachinePage vmcNo={vmcNo} panes={panes} />
            </Boundary>
          </WordsOf>
        </div>
      }
    />
  );
}

/** Two ways to begin. The machine list can be imported before the machines connect. */
function NoMachines() {
  const { t } = useWords();
  const inCapture = useCrema(isCapture);
  const [registry, setRegistry] = useState(false);
  const tour = useTour();
  if (inCapture) return <EmptyNote title={t('machines.none')} />;
  return (
    <EmptyNote title={t('machines.none')}>
      <div className={classes['start']}>
        <StartCard
          icon={<IconPlugConnected size={20} aria-hidden />}
          title={t('tour.connect')}
          text={t('tour.connectText')}
        >
          <Button onClick={() => navigate({ screen: 'connect' })}>{t('machines.toConnect')}</Button>
        </StartCard>
        <StartCard icon={<IconFlask size={20} aria-hidden />} title={t('tour.title')} text={t('tour.text')}>
          <Button variant="default" loading={tour.busy} onClick={tour.begin}>
            {t('tour.start')}
          </Button>
          <ErrorNote error={tour.error} />
        </StartCard>
      </div>
      <Button variant="default" onClick={() => setRegistry(true)}>
        {t('registry.open')}
      </Button>
      {registry && <RegistryDialog onClose={() => setRegistry(false)} />}
    </EmptyNote>
  );
}
