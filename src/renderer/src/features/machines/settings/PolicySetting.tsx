import { Button, Group, SegmentedControl } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useState } from 'react';
import type { SignPolicy } from '#shared/model/machine';
import { useCrema } from '../../../store';
import { useWords } from '../../../text/useWords';
import { Setting } from './Setting';
import classes from './MachineSettings.module.css';

type Choice = SignPolicy | 'auto';
const notes = {
  auto: 'machineSetting.signPolicy.valueNote.auto',
  ignore: 'machineSetting.signPolicy.valueNote.ignore',
  warn: 'machineSetting.signPolicy.valueNote.warn',
  enforce: 'machineSetting.signPolicy.valueNote.enforce',
} as const;

interface PolicySettingProps {
  readonly policy: SignPolicy | null;
  readonly onChange: (policy: SignPolicy | null) => void;
}

/** What a wrong sign does. Refusing can cost a machine its network, so it asks, once. */
export function PolicySetting({ policy, onChange }: PolicySettingProps) {
  const { t } = useWords();
  const stored = useCrema((s) => s.detail?.codeStored ?? 'none');
  const [asking, setAsking] = useState(false);
  const chosen: Choice = policy ?? 'auto';
  const choose = (choice: Choice): void => {
    setAsking(choice === 'enforce' && policy !== 'enforce');
    if (choice !== 'enforce') onChange(choice === 'auto' ? null : choice);
  };
  const remarks: string[] = [t(notes[chosen])];
  if (chosen === 'enforce' && stored === 'none') remarks.push(t('machineSetting.signPolicy.noCode'));
  return (
    <Setting title={t('machineSetting.signPolicy.title')} notes={remarks}>
      {(label) => (
        <>
          <SegmentedControl
            aria-labelledby={label}
            value={asking ? 'enforce' : chosen}
            onChange={choose}
            data={[
              { value: 'auto', label: t('machineSetting.signPolicy.value.auto') },
              { value: 'ignore', label: t('machineSetting.signPolicy.value.ignore') },
              { value: 'warn', label: t('machineSetting.signPolicy.value.warn') },
              { value: 'enforce', label: t('machineSetting.signPolicy.value.enforce') },
            ]}
          />
          {asking && (
            <div
              className={classes['asking']}
              role="alertdialog"
              aria-label={t('machineSetting.signPolicy.yes.enforce')}
            >
              <p>
                <IconAlertTriangle size={15} aria-hidden /> {t('machineSetting.signPolicy.ask.enforce')}
              </p>
              <Group gap="xs">
                <Button
                  color="red"
                  onClick={() => {
                    setAsking(false);
                    onChange('enforce');
                  }}
                >
                  {t('machineSetting.signPolicy.yes.enforce')}
                </Button>
                <Button variant="default" autoFocus onClick={() => setAsking(false)}>
                  {t('app.cancel')}
                </Button>
              </Group>
            </div>
          )}
        </>
      )}
    </Setting>
  );
}
