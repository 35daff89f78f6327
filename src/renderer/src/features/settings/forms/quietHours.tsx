import { Group, Switch, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Settings } from '#shared/model/settings';
import { useRequest } from '../../../bridge/request';
import { useCrema } from '../../../store';
import { useWords } from '../../../text/useWords';
import { ErrorNote } from '../../../ui/ErrorNote';
import { SettingBlock } from '../../../ui/SettingBlock';

const usual = { from: '22:00', to: '06:00' } as const;

/** The daily time without notifications. */
export function Form() {
  const { t } = useWords();
  const quiet = useCrema((s) => s.settings.quietHours);
  const set = useRequest('setSettings');
  const change = (quietHours: Settings['quietHours']): void => void set.run({ quietHours });
  return (
    <SettingBlock
      title={t('setting.quietHours.title')}
      notes={[t('settingDefault', { value: t('settings.status.off') }), t('setting.quietHours.note')]}
    >
      {() => (
        <>
          <Switch
            size="xs"
            label={t('setting.quietHours.on')}
            checked={quiet !== null}
            onChange={(event) => change(event.currentTarget.checked ? usual : null)}
          />
          {quiet !== null && (
            <Group gap="sm">
              {(['from', 'to'] as const).map((end) => (
                <ClockField
                  key={end}
                  label={t(`setting.quietHours.${end}`)}
                  value={quiet[end]}
                  onChange={(time) => change({ ...quiet, [end]: time })}
                />
              ))}
            </Group>
          )}
          <ErrorNote error={set.error} />
        </>
      )}
    </SettingBlock>
  );
}

const clock = /^(?:[01]\d|2[0-3]):[0-5]\d$/;

interface ClockFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (time: string) => void;
}

/** A time such as 22:00: the browser's own field may have twelve hours, as the computer's language does. */
function ClockField({ label, value, onChange }: ClockFieldProps) {
  const [typed, setTyped] = useState<string | null>(null);
  return (
    <TextInput
      w={130}
      label={label}
      placeholder="22:00"
      autoComplete="off"
      maxLength={5}
      value={typed ?? value}
      error={typed !== null}
      onChange={(event) => {
        const time = event.currentTarget.value.trim();
        const isTime = clock.test(time);
        setTyped(isTime ? null : time);
        if (isTime) onChange(time);
      }}
      // An incomplete time is not stored.
      onBlur={() => setTyped(null)}
    />
  );
}
