/** Handlers of a reader process: each reads one untrusted file. */
import { readFile } from 'node:fs/promises';
import { contentOf } from '../../packages/embed';
import { refusedShown } from '../../core/lists/listFile';
import { readOwnErrors } from '../../core/lists/ownErrorsFile';
import { readProducts } from '../../core/lists/ownProductsFile';
import { readSequences } from '../../core/lists/sequencesFile';
import { isCell, isHeading } from '../../core/lists/plan';
import { readTable, textOf } from '../../core/lists/readTable';
import type { ServerPort } from '../../lib/threads/messages';
import { serve } from '../../lib/threads/serve';
import type { ListArgs, ReaderCalls } from './messages';

type ReadList<T> = { readonly ok: false; readonly line: number } | T;

/** Sends only as many refusals as a window lists. */
async function readList<T extends { readonly ok: true; readonly refused: readonly unknown[] }>(
  { file, known }: ListArgs,
  read: (text: string, known: readonly string[]) => ReadList<T>,
): Promise<ReadList<T>> {
  const list = read(await readFile(file, 'utf8'), known);
  return list.ok ? { ...list, refused: list.refused.slice(0, refusedShown) } : list;
}

const isKnown = { registry: isHeading, cells: isCell };

export function serveReaderCalls(port: ServerPort): void {
  serve<ReaderCalls>(port, {
    errors: (args) => readList(args, readOwnErrors),
    products: (args) => readList(args, readProducts),
    sequences: (args) => readList(args, readSequences),
    content: ({ file }) => contentOf(file),
    table: async ({ file, kind }) => {
      const text = textOf(await readFile(file));
      return text === null ? null : readTable(text, isKnown[kind]);
    },
  });
}
