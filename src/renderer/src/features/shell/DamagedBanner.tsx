import { Button } from '@mantine/core';
import { IconDatabaseX } from '@tabler/icons-react';
import { useState } from 'react';
import { useCrema } from '../../store';
import { damagedRowsWords } from '../../text/damageWords';
import { useWords } from '../../text/useWords';
import { Banner } from './Banner';

/** Unreadable rows of the journal; each is shown once. */
export function DamagedBanner() {
  const words = useWords();
  const { t } = words;
  const what = useCrema((s) => damagedRowsWords(words, s.damagedRows));
  const [seen, setSeen] = useState<string | null>(null);
  if (what === null || what === seen) return null;
  return (
    <Banner
      kind="mode"
      icon={<IconDatabaseX size={18} aria-hidden />}
      actions={
        <Button variant="default" onClick={() => setSeen(what)}>
          {t('journal.understood')}
        </Button>
      }
    >
      <strong>{t('journal.damagedRows', { what })}</strong> <span>{t('journal.damagedRowsNote')}</span>
    </Banner>
  );
}
