import { Button, Menu } from '@mantine/core';
import { IconBug } from '@tabler/icons-react';
import { useState } from 'react';
import { answerings, misbehaviours, type Answering, type Misbehaviour } from '#shared/model/simulator';
import { useRequest } from '../../../bridge/request';
import { useCrema } from '../../../store';
import { useWords } from '../../../text/useWords';
import { ErrorNote } from '../../../ui/ErrorNote';

/** Misbehaviours that this window switched on for each virtual machine; they last while the machines run. */
const switchedOn = new Map<number, ReadonlySet<Misbehaviour>>();
/** Ways to answer commands, other than truly. */
const answers = new Map<number, Answering>();
useCrema.subscribe(({ simulator }) => {
  if (simulator.running > 0) return;
  switchedOn.clear();
  answers.clear();
});

/** Inside the main landmark. */
const inMain = { target: 'main' };

/** Switches on misbehaviours of a virtual machine. */
export function Misbehave({ vmcNo }: { readonly vmcNo: number }) {
  const { t } = useWords();
  const forAll = useCrema((s) => s.simulator.misbehaviours);
  const [own, setOwn] = useState(() => switchedOn.get(vmcNo) ?? new Set<Misbehaviour>());
  const [answering, setAnswering] = useState<Answering>(() => answers.get(vmcNo) ?? 'truly');
  const fault = useRequest('simulatorFault');
  const answer = useRequest('simulatorAnswers');
  const answerAs = async (way: Answering): Promise<void> => {
    if (!(await answer.run({ vmcNo, answering: way }))) return;
    answers.set(vmcNo, way);
    setAnswering(way);
  };
  const set = async (faults: readonly Misbehaviour[], on: boolean): Promise<void> => {
    const next = new Set(own);
    for (const each of faults) {
      if (!(await fault.run({ vmcNo, fault: each, on }))) break;
      if (on) next.add(each);
      else next.delete(each);
    }
    switchedOn.set(vmcNo, next);
    setOwn(next);
  };
  const active = new Set([...own, ...forAll]);
  const many = active.size + (answering === 'truly' ? 0 : 1);
  return (
    <>
      <Menu
        withInitialFocusPlaceholder={false}
        portalProps={inMain}
        position="bottom-end"
        closeOnItemClick={false}
        shadow="md"
        width={300}
      >
        <Menu.Target>
          <Button variant="default" leftSection={<IconBug size={14} />}>
            {many === 0
              ? t('misbehave.menu')
              : t('packages.aside', { text: t('misbehave.menu'), more: many })}
          </Button>
        </Menu.Target>
        <Menu.Dropdown mah="70vh" style={{ overflowY: 'auto' }}>
          <Menu.Label>{t('misbehave.answers')}</Menu.Label>
          <Menu.RadioGroup value={answering} onChange={(way) => void answerAs(way as Answering)}>
            {answerings.map((way) => (
              <Menu.RadioItem key={way} value={way}>
                {t(`misbehave.answering.${way}`)}
              </Menu.RadioItem>
            ))}
          </Menu.RadioGroup>
          <Menu.Divider />
          <Menu.Label>{t('misbehave.label')}</Menu.Label>
          {own.size > 0 && (
            <>
              <Menu.Item onClick={() => void set([...own], false)}>{t('misbehave.off')}</Menu.Item>
              <Menu.Divider />
            </>
          )}
          {misbehaviours.map((each) => (
            <Menu.CheckboxItem
              key={each}
              checked={active.has(each)}
              disabled={forAll.includes(each)}
              onChange={(on) => void set([each], on)}
            >
              {t(`misbehave.${each}`)}
            </Menu.CheckboxItem>
          ))}
        </Menu.Dropdown>
      </Menu>
      <ErrorNote error={fault.error ?? answer.error} />
    </>
  );
}
