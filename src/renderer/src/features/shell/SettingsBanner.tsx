import { Button } from '@mantine/core';
import { IconSettingsExclamation } from '@tabler/icons-react';
import { useState } from 'react';
import { useCrema } from '../../store';
import { settingsLossWords } from '../../text/damageWords';
import { useWords } from '../../text/useWords';
import { Banner } from './Banner';

/** Damaged settings, until the user has seen them. */
export function SettingsBanner() {
  const words = useWords();
  const { t } = words;
  const loss = useCrema((s) => s.settingsLoss);
  const [seen, setSeen] = useState(false);
  if (loss === null || seen) return null;
  const { copy, refused } = loss;
  return (
    <Banner
      kind="failure"
      icon={<IconSettingsExclamation size={18} aria-hidden />}
      actions={
        <Button variant="default" onClick={() => setSeen(true)}>
          {t('settingsLoss.understood')}
        </Button>
      }
    >
      <strong>{settingsLossWords(words, loss)}</strong>{' '}
      {copy !== '' && (
        <span>
          {copy === null
            ? t('settingsLoss.notKept', { detail: refused })
            : t('settingsLoss.kept', { file: copy })}
        </span>
      )}
    </Banner>
  );
}
