import { Button, Group, Textarea } from '@mantine/core';
import { useState } from 'react';
import { longestClosingNote } from '#shared/limits';
import type { Fault } from '#shared/model/history';
import { useRequest } from '../../bridge/request';
import { useWords } from '../../text/useWords';
import { ErrorNote } from '../../ui/ErrorNote';

/** Lets the user close an active fault, with a reason. */
export function CloseFault({ fault: { vmcNo, id } }: { readonly fault: Fault }) {
  const { t } = useWords();
  const close = useRequest('closeFault');
  const [note, setNote] = useState<string | null>(null);
  if (note === null)
    return (
      <Button variant="default" size="compact-sm" onClick={() => setNote('')}>
        {t('faults.closeIt')}
      </Button>
    );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (note.trim() !== '') void close.run({ vmcNo, fault: id, note: note.trim() });
      }}
    >
      <Textarea
        size="xs"
        autoFocus
        label={t('faults.closeNote')}
        description={t('faults.closeHint')}
        maxLength={longestClosingNote}
        autosize
        minRows={1}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      <Group gap="sm" mt="sm" justify="flex-end">
        <Button variant="default" size="compact-sm" onClick={() => setNote(null)}>
          {t('faults.closeCancel')}
        </Button>
        <Button type="submit" size="compact-sm" loading={close.busy} disabled={note.trim() === ''}>
          {t('faults.closeDo')}
        </Button>
      </Group>
      <ErrorNote error={close.error} />
    </form>
  );
}
