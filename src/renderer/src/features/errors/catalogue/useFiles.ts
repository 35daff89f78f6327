import { useState } from 'react';
import type { AppError } from '#shared/contract/errors';
import type { OwnErrorsImport } from '#shared/model/ownErrorsImport';
import { request } from '../../../bridge/request';

interface Files {
  readonly read: () => Promise<void>;
  readonly write: () => Promise<void>;
  /** The last exported file. */
  readonly written: string | null;
  /** The result of the last import. */
  readonly taken: OwnErrorsImport | null;
  readonly error: AppError | null;
}

/** Export and import of the catalogue; only the last result is shown. */
export function useFiles(): Files {
  const [outcome, setOutcome] = useState<Pick<Files, 'written' | 'taken' | 'error'>>({
    written: null,
    taken: null,
    error: null,
  });
  const nothing = { written: null, taken: null, error: null };
  return {
    ...outcome,
    read: async () => {
      const reply = await request('importOwnErrors', undefined);
      setOutcome(reply.ok ? { ...nothing, taken: reply.value } : { ...nothing, error: reply.error });
    },
    write: async () => {
      const reply = await request('exportOwnErrors', undefined);
      setOutcome(reply.ok ? { ...nothing, written: reply.value } : { ...nothing, error: reply.error });
    },
  };
}
