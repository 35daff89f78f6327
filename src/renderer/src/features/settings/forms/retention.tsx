import { Button, Group, NumberInput } from '@mantine/core';
import { useState } from 'react';
import type { Retention } from '#shared/model/journal';
import { firstSettings, retentionLimits } from '#shared/model/settings';
import { useRequest } from '../../../bridge/request';
import { useCrema } from '../../../store';
import { useWords } from '../../../text/useWords';
import { ErrorNote } from '../../../ui/ErrorNote';
import { SettingBlock } from '../../../ui/SettingBlock';

const gigabyte = 1_000_000_000;
/** Limits of the inputs. */
const limits = {
  days: retentionLimits.days,
  gigabytes: { min: retentionLimits.bytes.min / gigabyte, max: retentionLimits.bytes.max / gigabyte },
} as const;

/** How long frames and histories are kept. */
export function Form() {
  const { t } = useWords();
  const kept = useCrema((s) => s.settings.retention);
  const set = useRequest('setSettings');
  const [typed, setTyped] = useState<{ days: number | string; gigabytes: number | string } | null>(null);
  const days = typed?.days ?? kept.days;
  const gigabytes = typed?.gigabytes ?? kept.bytes / gigabyte;
  const retention = retentionOf(days, gigabytes);
  const change = (patch: Partial<NonNullable<typeof typed>>): void => setTyped({ days, gigabytes, ...patch });
  const keep = async (): Promise<void> => {
    if (retention !== null && (await set.run({ retention }))) setTyped(null);
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void keep();
      }}
    >
      <SettingBlock
        title={t('setting.retention.title')}
        notes={[
          t('settingDefault', {
            value: t('setting.retention.both', {
              days: firstSettings.retention.days,
              gigabytes: firstSettings.retention.bytes / gigabyte,
            }),
          }),
        ]}
      >
        {() => (
          <>
            <Group align="end" gap="sm">
              <NumberInput
                label={t('setting.retention.days')}
                value={days}
                {...limits.days}
                clampBehavior="none"
                allowDecimal={false}
                w={150}
                onChange={(value) => change({ days: value })}
              />
              <NumberInput
                label={t('setting.retention.gigabytes')}
                value={gigabytes}
                {...limits.gigabytes}
                step={0.5}
                clampBehavior="none"
                w={150}
                onChange={(value) => change({ gigabytes: value })}
              />
              <Button type="submit" disabled={typed === null || retention === null} loading={set.busy}>
                {t('setting.retention.apply')}
              </Button>
            </Group>
            {retention === null && <p role="alert">{t('setting.retention.wrong')}</p>}
            <ErrorNote error={set.error} />
          </>
        )}
      </SettingBlock>
    </form>
  );
}

/** `null`: not a limit. */
function retentionOf(days: number | string, gigabytes: number | string): Retention | null {
  if (!within(Number(days), limits.days) || !Number.isInteger(Number(days))) return null;
  if (!within(Number(gigabytes), limits.gigabytes)) return null;
  return { days: Number(days), bytes: Math.round(Number(gigabytes) * gigabyte) };
}

function within(value: number, { min, max }: { readonly min: number; readonly max: number }): boolean {
  return value >= min && value <= max;
}
