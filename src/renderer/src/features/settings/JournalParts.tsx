import { Button, Group, NumberInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { JournalSize, Retention } from '#shared/model/journal';
import { firstSettings, retentionLimits } from '#shared/model/settings';
import { request, useRequest } from '../../bridge/request';
import { useCrema } from '../../store';
import { useWords } from '../../text/useWords';
import { ErrorNote } from '../../ui/ErrorNote';
import { KeyValue, KeyValues } from '../../ui/KeyValue';
import { SettingBlock } from '../../ui/SettingBlock';

const gigabyte = 1_000_000_000;
/** ms between requests for the journal's size while it is shown. */
const lookInterval = 5_000;
/** Limits of the inputs. */
const limits = {
  days: retentionLimits.days,
  gigabytes: { min: retentionLimits.bytes.min / gigabyte, max: retentionLimits.bytes.max / gigabyte },
} as const;

/** The content of the records, and their current size. */
export function JournalSizePart() {
  const words = useWords();
  const { t } = words;
  const size = useJournalSize();
  return (
    <>
      <p className="dim">{t('journal.note')}</p>
      {size !== null && (
        <KeyValues>
          <KeyValue label={t('journal.size')}>
            {t('journal.sizeOf', { size: words.bytes(size.bytes), count: size.entries })}
          </KeyValue>
          {size.since !== null && (
            <KeyValue label={t('journal.since')}>{words.dateTime(size.since)}</KeyValue>
          )}
        </KeyValues>
      )}
    </>
  );
}

function useJournalSize(): JournalSize | null {
  const [size, setSize] = useState<JournalSize | null>(null);
  useEffect(() => {
    let isActive = true;
    const look = async (): Promise<void> => {
      const reply = await request('journalSize', undefined);
      if (isActive) setSize(reply.ok ? reply.value : null);
    };
    void look();
    const timer = setInterval(() => void look(), lookInterval);
    return () => {
      isActive = false;
      clearInterval(timer);
    };
  }, []);
  return size;
}

/** How long frames and histories are kept. */
export function RetentionPart() {
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
