/** Reading one file of a stranger, as a process of its own offers it. */
import { readFile } from 'node:fs/promises';
import { contentOf } from '../fetched/content';
import { isCell } from '../registry/cells';
import { isHeading } from '../registry/plan';
import { readTable, textOf } from '../registry/readTable';
import type { ServingPort } from '../worker/messages';
import { serve } from '../worker/serve';
import type { ReaderCalls } from './messages';

const isKnown = { registry: isHeading, cells: isCell };

export function serveReaderCalls(port: ServingPort): void {
  serve<ReaderCalls>(port, {
    content: ({ file }) => contentOf(file),
    table: async ({ file, kind }) => {
      const text = textOf(await readFile(file));
      return text === null ? null : readTable(text, isKnown[kind]);
    },
  });
}
