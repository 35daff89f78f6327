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
  auto: 'config.policyAutoNote',
  ignore: 'config.policyIgnoreNote',
  warn: 'config.policyWarnNote',
  enforce: 'config.policyEnforceNote',
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
  if (chosen === 'enforce' && stored === 'none') remarks.push(t('config.enforceNoCode'));
  return (
    <Setting title={t('config.policy')} notes={remarks}>
      {(label) => (
        <>
          <SegmentedControl
            aria-labelledby={label}
            value={asking ? 'enforce' : chosen}
            onChange={choose}
            data={[
              { value: 'auto', label: t('config.policyAuto') },
              { value: 'ignore', label: t('config.policyIgnore') },
              { value: 'warn', label: t('config.policyWarn') },
              { value: 'enforce', label: t('config.policyEnforce') },
            ]}
          />
          {asking && (
            <div className={classes['asking']} role="alertdialog" aria-label={t('config.enforceYes')}>
              <p>
                <IconAlertTriangle size={15} aria-hidden /> {t('config.enforceAsk')}
              </p>
              <Group gap="xs">
                <Button
                  color="red"
                  onClick={() => {
                    setAsking(false);
                    onChange('enforce');
                  }}
                >
                  {t('config.enforceYes')}
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
