import { Button, Menu } from '@mantine/core';
import { IconBug } from '@tabler/icons-react';
import { useState } from 'react';
import { misbehaviours, type Misbehaviour } from '#shared/model/simulator';
import { useRequest } from '../../../bridge/request';
import { useCrema } from '../../../store';
import { useWords } from '../../../text/useWords';
import { ErrorNote } from '../../../ui/ErrorNote';

/** What this window told each virtual machine to do wrong; it holds while the machines run. */
const told = new Map<number, ReadonlySet<Misbehaviour>>();
useCrema.subscribe(({ simulator }) => {
  if (simulator.running === 0) told.clear();
});

/** Within the landmark that it belongs to. */
const inMain = { target: 'main' };

/** Makes a virtual machine do wrong what real ones do wrong. */
export function Misbehave({ vmcNo }: { readonly vmcNo: number }) {
  const { t } = useWords();
  const forAll = useCrema((s) => s.simulator.misbehaviours);
  const [own, setOwn] = useState(() => told.get(vmcNo) ?? new Set<Misbehaviour>());
  const fault = useRequest('simulatorFault');
  const set = async (faults: readonly Misbehaviour[], on: boolean): Promise<void> => {
    const next = new Set(own);
    for (const each of faults) {
      if (!(await fault.run({ vmcNo, fault: each, on }))) break;
      if (on) next.add(each);
      else next.delete(each);
    }
    told.set(vmcNo, next);
    setOwn(next);
  };
  const active = new Set([...own, ...forAll]);
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
            {t('misbehave.menu')}
            {active.size > 0 && ` (${active.size})`}
          </Button>
        </Menu.Target>
        <Menu.Dropdown mah="70vh" style={{ overflowY: 'auto' }}>
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
      <ErrorNote error={fault.error} />
    </>
  );
}
