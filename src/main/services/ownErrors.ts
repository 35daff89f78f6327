/** The workshop's own entries of the catalogue of error codes: out into a file, and in from one. */
import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { OwnErrors } from '#shared/model/ownErrors';
import type { OwnErrorsImport } from '#shared/model/ownErrorsImport';
import { kept, Refusal } from '../ipc/requests';
import { writeWholeFile } from '../jobs/writeWholeFile';
import { readOwnErrors, writeOwnErrors } from './ownErrorsFile';
import type { Service } from './service';

export interface OwnErrorsParts {
  readonly own: () => OwnErrors;
  /** Takes them and tells everybody; why they can't be kept beyond this run, or `null`. */
  readonly change: (errors: OwnErrors) => string | null;
  readonly askPlace: (windowId: number, name: string) => Promise<string | null>;
  readonly askFile: (windowId: number) => Promise<string | null>;
}

/** No such file is as large. */
const largestFile = 4_000_000;
/** A window lists so many; what more was refused is in none of the counts. */
const refusedShown = 200;

const detailOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

export function ownErrorsService(parts: OwnErrorsParts): Service<'exportOwnErrors' | 'importOwnErrors'> {
  const textOf = async (file: string): Promise<string> => {
    try {
      if ((await stat(file)).size > largestFile) throw new Error(`> ${largestFile} B`);
      return await readFile(file, 'utf8');
    } catch (error) {
      throw new Refusal('fileNotOpened', { file: basename(file), detail: detailOf(error) });
    }
  };
  return {
    live: {},
    requests: {
      exportOwnErrors: async (_args, { windowId }) => {
        const file = await parts.askPlace(windowId, 'crema-errors.json');
        if (file === null) return null;
        const text = writeOwnErrors(parts.own());
        try {
          await writeWholeFile(file, (write) => write(Buffer.from(text)), new AbortController().signal);
        } catch (error) {
          throw new Refusal('unwritable', { detail: detailOf(error) });
        }
        return basename(file);
      },
      importOwnErrors: async (_args, { windowId }): Promise<OwnErrorsImport | null> => {
        const file = await parts.askFile(windowId);
        if (file === null) return null;
        const text = await textOf(file);
        const before = parts.own();
        const read = readOwnErrors(text, before);
        if (!read.ok) throw new Refusal('noErrorCatalogue', { file: basename(file), line: read.line });
        const known = Object.entries(read.entries).filter(([key]) => Object.hasOwn(before, key));
        const same = known.filter(([key, entry]) => isSame(entry, before[key])).length;
        const all = Object.keys(read.entries).length;
        if (all > same) kept(parts.change({ ...before, ...read.entries }));
        return {
          fileName: basename(file),
          added: all - known.length,
          changed: known.length - same,
          same,
          refused: read.refused.slice(0, refusedShown),
        };
      },
    },
  };
}

const isSame = (a: object, b: object | undefined): boolean =>
  b !== undefined && JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
const sorted = (entry: object): unknown => Object.entries(entry).toSorted(([a], [b]) => (a < b ? -1 : 1));
