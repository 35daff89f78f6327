/** The package's file as an answer: `send` decides (ranges, conditions, headers), `pump` moves the bytes. */
import { open } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { basename, dirname } from 'node:path';
import send from 'send';
import { z } from 'zod';
import { pump } from './pump';
import type { TransferCount } from './transfer';

type Say = (response: ServerResponse, status: number, sentence: string) => void;

/** What `send` hands to its stream, of which we use these. */
const extent = z.object({ start: z.number(), end: z.number() });
const failure = z.object({ status: z.int().min(400).max(599) }).catch({ status: 500 });

export function sendPackage(
  request: IncomingMessage,
  response: ServerResponse,
  { file, id }: { readonly file: string; readonly id: string },
  count: TransferCount | null,
  say: Say,
): void {
  response.setHeader('Content-Type', 'application/zip');
  // The file's own hash: stays the same over restarts and copies, which is what resuming a download needs.
  response.setHeader('ETag', `"${id}"`);
  response.setHeader('Cache-Control', 'no-cache');
  const sending = send(request, `/${encodeURIComponent(basename(file))}`, {
    root: dirname(file),
    index: false,
  });
  sending.on('error', (error: unknown) => {
    const { status } = failure.parse(error);
    const range = response.getHeader('Content-Range');
    for (const name of response.getHeaderNames()) response.removeHeader(name);
    if (status === 416 && range !== undefined) response.setHeader('Content-Range', range);
    say(response, status, sentenceFor(status));
  });
  sending.stream = (path, options) => {
    const total = Number(response.getHeader('Content-Length'));
    void (async () => {
      const handle = await open(path);
      try {
        count?.begin(total);
        await pump(handle, response, extent.parse(options), (bytes) => count?.add(bytes));
        response.end();
      } finally {
        await handle.close();
      }
      // Cut off, not ended: the machine must see that this is not all.
    })().catch(() => response.destroy());
  };
  sending.pipe(response);
}

function sentenceFor(status: number): string {
  switch (status) {
    case 404:
      return 'the file of this package is gone.';
    case 412:
      return 'the package is another one than this request expects.';
    case 416:
      return 'the package has no such bytes.';
    default:
      return "the file of this package can't be read.";
  }
}
