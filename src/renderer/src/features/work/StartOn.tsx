import { Button, Group, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Sequence } from '#shared/model/sequence';
import { askRun, useCrema } from '../../store';
import { saidWords } from '../../text/runWords';
import { useWords } from '../../text/useWords';
import { Dialog } from '../../ui/Dialog';

interface StartOnProps {
  readonly sequence: Sequence;
  readonly onClose: () => void;
}

/** Which machine it is for: its number, as it stands on it. */
export function StartOn({ sequence, onClose }: StartOnProps) {
  const words = useWords();
  const { t } = words;
  const machines = useCrema((s) => s.machines);
  const [typed, setTyped] = useState('');
  const number = /^\d{1,16}$/.test(typed.trim()) ? Number(typed.trim()) : null;
  const row = number === null ? undefined : machines.get(number);
  return (
    <Dialog
      title={t('work.sequences.startOn', { name: saidWords(words, sequence.name) })}
      size={420}
      onClose={onClose}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (row === undefined) return;
          onClose();
          askRun({ machines: [row.vmcNo], sequence });
        }}
      >
        <Stack gap="sm">
          <TextInput
            label={t('work.sequences.number')}
            data-autofocus
            inputMode="numeric"
            autoComplete="off"
            list="machines-of-sequence"
            value={typed}
            error={typed.trim() !== '' && row === undefined ? t('work.sequences.unknown') : undefined}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
          <datalist id="machines-of-sequence">
            {[...machines.values()].slice(0, 200).map(({ vmcNo, name }) => (
              <option key={vmcNo} value={vmcNo}>
                {name}
              </option>
            ))}
          </datalist>
          {row !== undefined && <p className="dim">{row.name}</p>}
          <Group gap="xs" justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('app.cancel')}
            </Button>
            <Button type="submit" disabled={row === undefined}>
              {t('work.start.next')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
