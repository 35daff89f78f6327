/** Entry of the process that reads one file of a stranger: whatever is in it costs this process and nothing else. */
import { readFile } from 'node:fs/promises';
import { contentOf } from '../fetched/content';
import { isCell } from '../registry/cells';
import { isHeading } from '../registry/plan';
import { readTable, textOf } from '../registry/readTable';
import { ownChannel, serve } from '../worker/serve';
import type { ReaderCalls } from './messages';

const isKnown = { registry: isHeading, cells: isCell };

serve<ReaderCalls>(ownChannel(), {
  content: ({ file }) => contentOf(file),
  table: async ({ file, kind }) => {
    const text = textOf(await readFile(file));
    return text === null ? null : readTable(text, isKnown[kind]);
  },
});
