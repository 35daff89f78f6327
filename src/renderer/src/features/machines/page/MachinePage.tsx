import { Tabs } from '@mantine/core';
import { useEffect, useState, type ComponentType } from 'react';
import { watch } from '../../../bridge/live';
import { useCrema, useRow } from '../../../store';
import { navigate } from '../../../store/navigate';
import { FilesPane } from '../files/FilesPane';
import { isCapture } from '../../../store/source';
import { machineTabs, type MachineTab } from '../../../store/route';
import { useWords } from '../../../text/useWords';
import { Boundary } from '../../../ui/Boundary';
import { EmptyNote } from '../../../ui/EmptyNote';
import { CommandsPane } from '../commands/CommandsPane';
import { MachineHeader } from './MachineHeader';
import { MachineSettings } from '../settings/MachineSettings';
import { Overview } from './Overview';
import { Strip } from '../commands/Strip';
import { Ask } from '../commands/forms/Ask';
import type { Question } from '../commands/forms/types';
import classes from './MachinePage.module.css';

type Pane = ComponentType<{ readonly vmcNo: number }>;

export interface MachinePageProps {
  readonly vmcNo: number;
  /** Views of a machine from other features. */
  readonly panes: { readonly Errors: Pane; readonly Orders: Pane; readonly Frames: Pane };
}

/** A machine's settings can be changed before it connects. */
function Unknown({ vmcNo }: { readonly vmcNo: number }) {
  const { t } = useWords();
  const isChosenFor = useCrema((s) => !isCapture(s) && s.configs[vmcNo] !== undefined);
  if (!isChosenFor)
    return <EmptyNote title={t('machines.unknownTitle', { vmcNo })} text={t('machines.unknownText')} />;
  return (
    <div className={classes['unknown']}>
      <EmptyNote title={t('machines.absentTitle', { vmcNo })} text={t('machines.unknownText')} />
      <MachineSettings vmcNo={vmcNo} />
    </div>
  );
}

export function MachinePage({ vmcNo, panes: { Errors, Orders, Frames } }: MachinePageProps) {
  const { t } = useWords();
  const row = useRow(vmcNo);
  const tab = useCrema((s) => (s.route.screen === 'machines' ? s.route.tab : 'overview'));
  const known = row !== undefined;
  const [question, setQuestion] = useState<Question | null>(null);
  useEffect(() => {
    if (!known) return;
    void watch(vmcNo);
    return () => void watch(null);
  }, [vmcNo, known]);
  if (row === undefined) return <Unknown vmcNo={vmcNo} />;
  return (
    <div className={classes['page']} data-machine={vmcNo}>
      <Boundary where={`head of machine ${vmcNo}`} of={row}>
        <MachineHeader row={row} onAsk={setQuestion} />
      </Boundary>
      <Boundary where={`strip of machine ${vmcNo}`}>
        <Strip vmcNo={vmcNo} />
      </Boundary>
      {question !== null && (
        <Boundary where={`question to machine ${vmcNo}`} of={question}>
          {/* A new key for each dialog, so that no input, choice or error carries over. */}
          <Ask
            key={JSON.stringify(question)}
            row={row}
            question={question}
            onClose={() => setQuestion(null)}
          />
        </Boundary>
      )}
      <Tabs
        className={classes['tabs']}
        value={tab}
        keepMounted={false}
        onChange={(next) => navigate({ screen: 'machines', vmcNo, tab: next as MachineTab }, 'replace')}
      >
        <Tabs.List px="md" className={classes['names'] ?? ''}>
          {machineTabs.map((name) => (
            <Tabs.Tab key={name} value={name}>
              {t(`machine.tabs.${name}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Boundary where={`tab ${tab} of machine ${vmcNo}`} of={tab}>
          <Tabs.Panel value="overview" className={classes['panel']}>
            <Overview row={row} onAsk={setQuestion} Frames={Frames} />
          </Tabs.Panel>
          <Tabs.Panel value="errors" className={classes['panel']}>
            <Errors vmcNo={vmcNo} />
          </Tabs.Panel>
          <Tabs.Panel value="orders" className={classes['panel']}>
            <Orders vmcNo={vmcNo} />
          </Tabs.Panel>
          <Tabs.Panel value="commands" className={classes['panel']}>
            <CommandsPane vmcNo={vmcNo} onAsk={setQuestion} />
          </Tabs.Panel>
          <Tabs.Panel value="files" className={classes['panel']}>
            <FilesPane row={row} onAsk={setQuestion} />
          </Tabs.Panel>
          <Tabs.Panel value="frames" className={classes['panel']}>
            <Frames vmcNo={vmcNo} />
          </Tabs.Panel>
          <Tabs.Panel value="settings" className={classes['panel']}>
            <MachineSettings vmcNo={vmcNo} />
          </Tabs.Panel>
        </Boundary>
      </Tabs>
    </div>
  );
}
