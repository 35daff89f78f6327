import { Group, Stack, Switch, TextInput } from '@mantine/core';
import type { Settings } from '#shared/model/settings';
import { useRequest } from '../../bridge/request';
import { useCrema } from '../../store';
import { useWords } from '../../text/useWords';
import { Boundary } from '../../ui/Boundary';
import { ErrorNote } from '../../ui/ErrorNote';
import { Panel } from '../../ui/Panel';
import { SettingLines } from './SettingLines';

const usual = { from: '22:00', to: '06:00' } as const;

/** The faults with desktop notifications, and the quiet hours. */
export function NoticesPanel() {
  const { t } = useWords();
  return (
    <Panel title={t('settings.section.notices')}>
      <Stack gap="sm">
        <SettingLines section="notices" />
        <Boundary where="setting quietHours">
          <QuietHours />
        </Boundary>
      </Stack>
    </Panel>
  );
}

function QuietHours() {
  const { t } = useWords();
  const quiet = useCrema((s) => s.settings.quietHours);
  const set = useRequest('setSettings');
  const change = (quietHours: Settings['quietHours']): void => void set.run({ quietHours });
  return (
    <Stack gap="sm">
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
      <p className="dim">{t('setting.quietHours.note')}</p>
      <ErrorNote error={set.error} />
    </Stack>
  );
}
