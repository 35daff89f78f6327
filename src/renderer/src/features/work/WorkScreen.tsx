import { Tabs } from '@mantine/core';
import { useCrema } from '../../store';
import { navigate } from '../../store/navigate';
import { workTabs, type WorkTab } from '../../store/route';
import { useWords } from '../../text/useWords';
import { Boundary } from '../../ui/Boundary';
import { AuditPane } from './audit/AuditPane';
import classes from './Work.module.css';

/** What was done with Crema. */
export function WorkScreen() {
  const { t } = useWords();
  const tab = useCrema(({ route }) => (route.screen === 'work' ? route.tab : workTabs[0]));
  return (
    <div className={classes['screen']}>
      <h1 className={classes['title']}>{t('work.title')}</h1>
      <Tabs
        className={classes['tabs']}
        value={tab}
        keepMounted={false}
        onChange={(next) => navigate({ screen: 'work', tab: next as WorkTab }, 'replace')}
      >
        <Tabs.List px="md">
          {workTabs.map((name) => (
            <Tabs.Tab key={name} value={name}>
              {t(`work.tabs.${name}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Boundary where={`tab ${tab} of Work`} of={tab}>
          <Tabs.Panel value="audit" className={classes['panel']}>
            <AuditPane />
          </Tabs.Panel>
        </Boundary>
      </Tabs>
    </div>
  );
}
