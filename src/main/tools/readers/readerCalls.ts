/** Handlers of a reader process: each reads one untrusted file. */
import { contentOf } from '../../packages/embed';
import { refusedShown } from '../../core/lists/listFile';
import { readOwnErrors } from '../../core/lists/ownErrorsFile';
import { readProducts } from '../../core/lists/ownProductsFile';
import { readSequences } from '../../core/lists/sequencesFile';
import { isCell, isHeading } from '../../core/lists/plan';
import { readTable, textOf } from '../../core/lists/readTable';
import { readShort } from '../../lib/files/readRegular';
import type { ServerPort } from '../../lib/threads/messages';
import { serve } from '../../lib/threads/serve';
import { tooMuch, type ListArgs, type ReaderCalls } from './messages';

type ReadList<T> = { readonly ok: false; readonly line: number } | T;

/** Bytes of the largest list. Its size was checked before, but it may have grown since. */
const largest = 20_000_000;

function bytesOf(file: string): Buffer {
  const bytes = readShort(file, largest);
  if (bytes === null) throw Object.assign(new Error(`more than ${largest} B`), { code: tooMuch });
  return bytes;
}

/** Sends only as many refusals as a window lists. */
function readList<T extends { readonly ok: true; readonly refused: readonly unknown[] }>(
  { file, known }: ListArgs,
  read: (text: string, known: readonly string[]) => ReadList<T>,
): ReadList<T> {
  const list = read(bytesOf(file).toString(), known);
  return list.ok ? { ...list, refused: list.refused.slice(0, refusedShown) } : list;
}

const isKnown = { registry: isHeading, cells: isCell };

export function serveReaderCalls(port: ServerPort): void {
  serve<ReaderCalls>(port, {
    errors: (args) => readList(args, readOwnErrors),
    products: (args) => readList(args, readProducts),
    sequences: (args) => readList(args, readSequences),
    content: ({ file }) => contentOf(file),
    table: ({ file, kind }) => {
      const text = textOf(bytesOf(file));
      return text === null ? null : readTable(text, isKnown[kind]);
    },
  });
}
