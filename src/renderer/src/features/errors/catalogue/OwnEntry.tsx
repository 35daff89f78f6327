import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import { useWords } from '../../../text/useWords';
import { ErrorNote } from '../../../ui/ErrorNote';
import { OwnErrorForm, useOwnErrors } from './OwnErrorForm';

/** Shows whether the user has an own entry for the code, and opens its form. An entry applies everywhere. */
export function OwnEntry({ code }: { readonly code: string }) {
  const { t, ownError } = useWords();
  const { put, busy, error } = useOwnErrors();
  const [isOpen, setOpen] = useState(false);
  if (isOpen) return <OwnErrorForm code={code} onDone={() => setOpen(false)} />;
  const own = ownError(code);
  return (
    <div>
      <Group gap="sm">
        {own !== null && <strong>{t('catalogue.own')}</strong>}
        {own?.muted === true && <span className="dim">{t('catalogue.mutedMark')}</span>}
        <Button variant="default" size="compact-sm" onClick={() => setOpen(true)}>
          {t(own === null ? 'catalogue.correct' : 'catalogue.change')}
        </Button>
        {own !== null && (
          <Button variant="subtle" size="compact-sm" loading={busy} onClick={() => void put(code, null)}>
            {t('catalogue.take')}
          </Button>
        )}
      </Group>
      <ErrorNote error={error} />
    </div>
  );
}
