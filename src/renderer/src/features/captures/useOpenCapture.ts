import { useCallback, useState } from 'react';
import type { AppError } from '#shared/contract/errors';
import { openCapture } from '../../bridge/source';

export interface Opening {
  readonly open: () => void;
  /** The file dialog is open. */
  readonly busy: boolean;
  readonly error: AppError | null;
}

/** Asks for a file to open, with one dialog at a time. */
export function useOpenCapture(): Opening {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<AppError | null>(null);
  const open = useCallback(async () => {
    if (busy) return;
    setBusy(true);
    setError(await openCapture());
    setBusy(false);
  }, [busy]);
  return { open: () => void open(), busy, error };
}
