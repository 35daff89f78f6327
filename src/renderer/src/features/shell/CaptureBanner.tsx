import { Button } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { useState } from 'react';
import type { AppError } from '#shared/contract/errors';
import { showLive } from '../../bridge/source';
import { useCrema } from '../../store';
import { captureFacts, captureTroubles } from '../../text/captureWords';
import { useWords } from '../../text/useWords';
import { ErrorNote } from '../../ui/ErrorNote';
import { Banner } from './Banner';

/** The window shows a file: which, what of it could not be read, and the way back. */
export function CaptureBanner() {
  const words = useWords();
  const { t } = words;
  const capture = useCrema((s) => s.captures.find(({ id }) => id === s.source));
  const [error, setError] = useState<AppError | null>(null);
  if (capture === undefined) return null;
  const troubles = captureTroubles(words, capture);
  return (
    <Banner
      kind="mode"
      icon={<IconHistory size={18} aria-hidden />}
      actions={
        <Button variant="default" onClick={() => void showLive().then(setError)}>
          {t('capture.toLive')}
        </Button>
      }
    >
      <strong>{t('capture.banner', { file: capture.fileName })}</strong>{' '}
      <span className="tabular">{captureFacts(words, capture)}</span> · {t('capture.nothingSent')}
      {troubles.map((trouble) => (
        <p key={trouble}>{trouble}</p>
      ))}
      <ErrorNote error={error} />
    </Banner>
  );
}
