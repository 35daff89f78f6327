import { useEffect, useState } from 'react';
import { request } from '../../bridge/request';
import { useWords } from '../../text/useWords';

/** The user's note about a closed fault, from the entry that closed it. */
export function ClosedNote({ entry }: { readonly entry: number }) {
  const { t } = useWords();
  const [note, setNote] = useState<string | null>(null);
  useEffect(() => {
    let isActive = true;
    const ask = async (): Promise<void> => {
      const reply = await request('frame', { id: entry });
      const found = reply.ok ? reply.value.findings[0]?.params?.['note'] : undefined;
      if (isActive) setNote(found === undefined ? null : String(found));
    };
    void ask();
    return () => {
      isActive = false;
    };
  }, [entry]);
  return note === null ? null : <p>{t('faults.closedNote', { note })}</p>;
}
