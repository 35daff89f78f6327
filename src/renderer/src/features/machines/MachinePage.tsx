import { Tabs } from '@mantine/core';
import { useEffect, type ComponentType } from 'react';
import { watch } from '../../bridge/live';
import { useCrema, useRow } from '../../store';
import { navigate } from '../../store/navigate';
import { machineTabs, type MachineTab } from '../../store/route';
import { useWords } from '../../text/useWords';
import { EmptyNote } from '../../ui/EmptyNote';
import { FramesPane } from './FramesPane';
import { MachineHeader } from './MachineHeader';
import { MachineSettings } from './MachineSettings';
import { Overview } from './Overview';
import classes from './Machines.module.css';

export interface MachinePageProps {
  readonly vmcNo: number;
  /** One machine's error history, which is another feature's. */
  readonly Errors: ComponentType<{ readonly vmcNo: number }>;
}

export function MachinePage({ vmcNo, Errors }: MachinePageProps) {
  const { t } = useWords();
  const row = useRow(vmcNo);
  const tab = useCrema((s) => (s.route.screen === 'machines' ? s.route.tab : 'overview'));
  const known = row !== undefined;
  useEffect(() => {
    if (!known) return;
    void watch(vmcNo);
    return () => void watch(null);
  }, [vmcNo, known]);
  if (row === undefined)
    return <EmptyNote title={t('machines.unknownTitle', { vmcNo })} text={t('machines.unknownText')} />;
  return (
    <div className={classes['page']} data-machine={vmcNo}>
      <MachineHeader row={row} />
      <Tabs
        className={classes['tabs']}
        value={tab}
        keepMounted={false}
        onChange={(next) => navigate({ screen: 'machines', vmcNo, tab: next as MachineTab }, 'replace')}
      >
        <Tabs.List px="md">
          {machineTabs.map((name) => (
            <Tabs.Tab key={name} value={name}>
              {t(`machine.tabs.${name}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="overview" className={classes['panel']}>
          <Overview row={row} />
        </Tabs.Panel>
        <Tabs.Panel value="errors" className={classes['panel']}>
          <Errors vmcNo={vmcNo} />
        </Tabs.Panel>
        <Tabs.Panel value="frames" className={classes['panel']}>
          <FramesPane />
        </Tabs.Panel>
        <Tabs.Panel value="settings" className={classes['panel']}>
          <MachineSettings vmcNo={vmcNo} />
        </Tabs.Panel>
      </Tabs>
    </div>
  );
}
