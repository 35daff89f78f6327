import { Tabs } from '@mantine/core';
import { useCrema } from '../../store';
import { navigate } from '../../store/navigate';
import { workTabs, type WorkTab } from '../../store/route';
import { useWords } from '../../text/useWords';
import { Boundary } from '../../ui/Boundary';
import { AuditPane } from './audit/AuditPane';
import { RunsPane } from './RunsPane';
import { SequencesPane } from './SequencesPane';
import type { StepForm } from './StepEditor';
import classes from './Work.module.css';

/** Runs on several machines or in several steps, their sequences, and the audit trail. */
export function WorkScreen({ StepForm }: { readonly StepForm: StepForm }) {
  const { t } = useWords();
  const tab = useCrema(({ route }) => (route.screen === 'work' ? route.tab : workTabs[0]));
  const run = useCrema(({ route }) => (route.screen === 'work' ? route.run : null));
  return (
    <div className={classes['screen']}>
      <h1 className={classes['title']}>{t('work.title')}</h1>
      <Tabs
        className={classes['tabs']}
        value={tab}
        keepMounted={false}
        onChange={(next) => navigate({ screen: 'work', tab: next as WorkTab, run: null }, 'replace')}
      >
        <Tabs.List px="md">
          {workTabs.map((name) => (
            <Tabs.Tab key={name} value={name}>
              {t(`work.tabs.${name}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Boundary where={`tab ${tab} of Work`} of={tab}>
          <Tabs.Panel value="runs" className={classes['panel']}>
            <RunsPane
              wanted={run}
              onLeft={() => navigate({ screen: 'work', tab: 'runs', run: null }, 'replace')}
            />
          </Tabs.Panel>
          <Tabs.Panel value="sequences" className={classes['panel']}>
            <SequencesPane StepForm={StepForm} />
          </Tabs.Panel>
          <Tabs.Panel value="audit" className={classes['panel']}>
            <AuditPane />
          </Tabs.Panel>
        </Boundary>
      </Tabs>
    </div>
  );
}
