/** Exports and imports the user's own error catalogue. */
import { basename } from 'node:path';
import type { OwnErrors } from '#shared/model/ownErrors';
import type { OwnErrorsImport } from '#shared/model/ownErrorsImport';
import { kept, Refusal } from '../ipc/requests';
import { writeOwnErrors } from '../../core/lists/ownErrorsFile';
import type { Base } from './base';
import { countedIn, readList, saysSame, writeList, type ReaderService } from './listFile';
import type { Service } from './service';
import type { SettingsService } from './settings';

interface OwnErrorsParts {
  readonly reader: Pick<ReaderService, 'read'>;
  readonly own: () => OwnErrors;
  /** Stores the entries and informs all users of them; returns why they can't be stored, or `null`. */
  readonly change: (errors: OwnErrors) => string | null;
  readonly askPlace: (windowId: number, name: string) => Promise<string | null>;
  readonly askFile: (windowId: number) => Promise<string | null>;
}

type OwnErrorsService = Service<'exportOwnErrors' | 'importOwnErrors'>;

export const ownErrors = (
  base: Base,
  { reader, settings }: { readonly reader: ReaderService; readonly settings: SettingsService },
): OwnErrorsService =>
  ownErrorsService({
    ...base,
    reader,
    own: () => base.store.settings.ownErrors,
    change: (errors) => settings.change({ ownErrors: errors }),
    askPlace: base.ask.place,
    askFile: base.ask.json,
  });

function ownErrorsService(parts: OwnErrorsParts): OwnErrorsService {
  return {
    live: {},
    requests: {
      exportOwnErrors: async (_args, { windowId }) => {
        const file = await parts.askPlace(windowId, 'crema-errors.json');
        return file === null ? null : writeList(file, writeOwnErrors(parts.own()));
      },
      importOwnErrors: async (_args, { windowId }): Promise<OwnErrorsImport | null> => {
        const file = await parts.askFile(windowId);
        if (file === null) return null;
        const list = { own: parts.own, keysOf: Object.keys };
        const { before, read } = await readList(parts.reader, 'errors', file, list);
        if (!read.ok) throw new Refusal('noErrorCatalogue', { file: basename(file), line: read.line });
        const counts = countedIn(
          read.entries,
          (key) => Object.hasOwn(before, key),
          (key, entry) => saysSame(entry, before[key]),
        );
        if (counts.added + counts.changed > 0) kept(parts.change({ ...before, ...read.entries }));
        return { fileName: basename(file), ...counts, refused: read.refused };
      },
    },
  };
}
