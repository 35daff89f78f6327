/** The cells of a CSV file that a person chose, for a form. */
import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { Refusal } from '../ipc/requests';
import type { Service } from './service';

/** [ours] bytes, and lines: more than any form takes. */
const largestFile = 2_000_000;
const mostLines = 5_000;

export interface TablesParts {
  readonly askTable: (windowId: number) => Promise<string | null>;
}

/** What shows that a line is divided rightly: an amount, or a text without anything that could divide it again. */
const isCell = (cell: string): boolean => /^(?:[¥￥]?\s*\d+[.,]\d+|[^,;\t]+)$/.test(cell.trim());

export function tablesService({ askTable }: TablesParts): Service<'readTable'> {
  return {
    live: {},
    requests: {
      readTable: async (_args, { windowId }) => {
        const file = await askTable(windowId);
        if (file === null) return null;
        const { readTable, textOf } = await import('../registry/readTable');
        const text = textOf(await bytesOf(file));
        if (text === null) throw new Refusal('tableNoText');
        const { headings, rows, broken } = readTable(text, isCell);
        const cells = [headings, ...rows.map((row) => row.cells)];
        return {
          fileName: basename(file),
          rows: cells.slice(0, mostLines),
          broken: broken.map(({ line }) => line),
        };
      },
    },
  };
}

async function bytesOf(file: string): Promise<Uint8Array> {
  try {
    if ((await stat(file)).size > largestFile) throw new Error(`> ${largestFile} B`);
    return await readFile(file);
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    throw new Refusal('fileNotOpened', { file: basename(file), detail });
  }
}
