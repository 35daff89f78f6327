import { Button } from '@mantine/core';
import { IconTheater } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { isRehearsing } from '#shared/rehearsal';
import type { AppError } from '#shared/contract/errors';
import { request } from '../../bridge/request';
import { useCrema } from '../../store';
import { isCapture } from '../../store/source';
import { listed } from '../../text/listed';
import { useWords } from '../../text/useWords';
import { ErrorNote } from '../../ui/ErrorNote';
import { Banner } from './Banner';

/** Machines that are named; more would fill the window. */
const named = 3;

/** For which machines payments are rehearsed, and the way out of it for all of them. */
export function RehearsalBanner() {
  const words = useWords();
  const { t } = words;
  const configs = useCrema((s) => s.configs);
  const inCapture = useCrema(isCapture);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<AppError | null>(null);
  const machines = useMemo(
    () =>
      Object.entries(configs).flatMap(([vmcNo, { name, qrAnswers: mode }]) =>
        isRehearsing(mode) ? [{ vmcNo: Number(vmcNo), name, mode }] : [],
      ),
    [configs],
  );
  if (machines.length === 0 || inCapture) return null;
  const turnOff = async (): Promise<void> => {
    setBusy(true);
    setError(null);
    for (const { vmcNo } of machines) {
      const reply = await request('setMachine', { vmcNo, patch: { qrAnswers: 'auto' } });
      if (!reply.ok) setError(reply.error);
    }
    setBusy(false);
  };
  const list = listed(
    words,
    machines.slice(0, named).map(({ vmcNo, name, mode }) =>
      t('rehearsalBanner.machine', {
        machine: name === '' ? String(vmcNo) : `${vmcNo} ${name}`,
        mode: t(`machineSetting.qrAnswers.value.${mode}`),
      }),
    ),
  );
  const more = machines.length - named;
  return (
    <Banner
      kind="mode"
      icon={<IconTheater size={18} aria-hidden />}
      actions={
        <Button variant="default" loading={busy} onClick={() => void turnOff()}>
          {t('rehearsalBanner.off')}
        </Button>
      }
    >
      <strong>
        {t('rehearsalBanner.on', {
          count: machines.length,
          machines: more > 0 ? t('rehearsalBanner.more', { machines: list, count: more }) : list,
        })}
      </strong>{' '}
      <span>{t('rehearsalBanner.note')}</span>
      <ErrorNote error={error} />
    </Banner>
  );
}
