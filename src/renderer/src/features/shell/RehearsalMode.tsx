import { Button } from '@mantine/core';
import { IconTheater } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { mayBeRelayed } from '#shared/model/relay';
import { isRehearsing } from '#shared/rehearsal';
import type { AppError } from '#shared/contract/errors';
import { request } from '../../bridge/request';
import { useCrema } from '../../store';
import { isCapture } from '../../store/source';
import { listed } from '../../text/phrases';
import { useWords } from '../../text/useWords';
import type { Words } from '../../text/words';
import { ErrorNote } from '../../ui/ErrorNote';
import { ModeChip } from './ModeChip';

/** Machines listed by name; more would fill the window. */
const named = 3;

/** The machines with payment rehearsal, and a button to end it for all. */
export function RehearsalMode() {
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
  // A relayed machine has no rehearsal. As a text, so that other row changes cause no render.
  const relayed = useCrema((s) =>
    machines
      .flatMap(({ vmcNo }) =>
        mayBeRelayed(s.settings.relay, vmcNo, s.machines.get(vmcNo)) ? [String(vmcNo)] : [],
      )
      .join(' '),
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
  const list = machines.map(({ vmcNo, name, mode }) =>
    t('rehearsalBanner.machine', {
      machine: name === '' ? String(vmcNo) : `${vmcNo} ${name}`,
      mode: t(`machineSetting.qrAnswers.value.${mode}`),
    }),
  );
  const note =
    relayed === ''
      ? t('rehearsalBanner.note')
      : t('rehearsalBanner.relayed', { machines: namedOf(words, relayed.split(' ')) });
  const sentence = t('rehearsalBanner.on', { count: machines.length, machines: namedOf(words, list) });
  return (
    <ModeChip
      icon={<IconTheater size={14} aria-hidden />}
      label={t('mode.rehearsal', { count: machines.length })}
      spoken={`${sentence} ${note}`}
      isTrouble={error !== null || relayed !== ''}
      end={{ label: t('rehearsalBanner.off'), busy, run: () => void turnOff() }}
    >
      <p>
        <strong>{sentence}</strong> {note}
      </p>
      <Button variant="default" loading={busy} onClick={() => void turnOff()}>
        {t('rehearsalBanner.off')}
      </Button>
      <ErrorNote error={error} />
    </ModeChip>
  );
}

/** The first of them, and the number of others. */
function namedOf(words: Words, machines: readonly string[]): string {
  const list = listed(words, machines.slice(0, named));
  const more = machines.length - named;
  return more > 0 ? words.t('rehearsalBanner.more', { machines: list, count: more }) : list;
}
