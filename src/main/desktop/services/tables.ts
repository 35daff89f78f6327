/** The cells of a CSV file that the user chose for a form. */
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { Refusal } from '../ipc/requests';
import { TooMuch } from '../../tools/readers/api';
import type { Overfull, Table } from '../../core/lists/readTable';
import type { Base } from './base';
import type { Service } from './service';
import { tableOr, type ReaderService } from './listFile';

/** [ours] Bytes, and lines: more than any form accepts. */
const largestFile = 2_000_000;
const mostLines = 5_000;

export interface TablesParts {
  readonly reader: Pick<ReaderService, 'read'>;
  readonly askTable: (windowId: number) => Promise<string | null>;
}

export const tables = (base: Base, { reader }: { readonly reader: ReaderService }): Service<'readTable'> =>
  tablesService({ reader, askTable: base.ask.table });

export function tablesService({ reader, askTable }: TablesParts): Service<'readTable'> {
  return {
    live: {},
    requests: {
      readTable: async (_args, { windowId }) => {
        const file = await askTable(windowId);
        if (file === null) return null;
        const table = tableOr(await read(reader, file), file);
        const { headings, rows, separator, broken } = table;
        const cells = [headings, ...rows.map((row) => row.cells)];
        return {
          fileName: basename(file),
          rows: cells.slice(0, mostLines),
          separator,
          broken: broken.map(({ line }) => line),
        };
      },
    },
  };
}

async function read(reader: TablesParts['reader'], file: string): Promise<Table | Overfull | null> {
  try {
    if ((await stat(file)).size > largestFile) throw new Error(`> ${largestFile} B`);
    return await reader.read('table', { file, kind: 'cells' });
  } catch (error) {
    if (error instanceof TooMuch) throw new Refusal('fileTooMuch', { file: basename(file) });
    const detail = error instanceof Error ? error.message : String(error);
    throw new Refusal('fileNotOpened', { file: basename(file), detail });
  }
}
