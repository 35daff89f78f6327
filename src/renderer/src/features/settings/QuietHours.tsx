import { Group, Switch, TextInput } from '@mantine/core';
import type { Settings } from '#shared/model/settings';
import { useRequest } from '../../bridge/request';
import { useCrema } from '../../store';
import { useWords } from '../../text/useWords';
import { ErrorNote } from '../../ui/ErrorNote';
import { SettingBlock } from '../../ui/SettingBlock';

const usual = { from: '22:00', to: '06:00' } as const;

/** The daily time without notifications. */
export function QuietHours() {
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
                <TextInput
                  key={end}
                  type="time"
                  w={130}
                  label={t(`setting.quietHours.${end}`)}
                  value={quiet[end]}
                  onChange={(event) => {
                    const time = event.currentTarget.value;
                    // An incomplete time is not stored.
                    if (/^\d\d:\d\d$/.test(time)) change({ ...quiet, [end]: time });
                  }}
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
