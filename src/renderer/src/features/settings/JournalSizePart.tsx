import { useEffect, useState } from 'react';
import type { JournalSize } from '#shared/model/journal';
import { request } from '../../bridge/request';
import { useWords } from '../../text/useWords';
import { KeyValue, KeyValues } from '../../ui/KeyValue';

/** ms between requests for the journal's size while it is shown. */
const lookInterval = 5_000;
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
