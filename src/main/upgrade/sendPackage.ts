/**
 * The package's file as an answer: `send` decides (ranges, conditions, headers) and moves the bytes. No schema library in this
 * thread: every 64 MB sent make V8 look through its heap, and one that large halves the speed.
 */
import type { ReadStream } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { basename, dirname } from 'node:path';
import send from 'send';
import type { TransferCount } from './transfer';

type Respond = (response: ServerResponse, status: number, sentence: string) => void;

/** Handed on to `fs.createReadStream`: with its usual 64 KiB a fast link gets a third of the speed (performance.md). */
const reading = { highWaterMark: 524_288 };

export function sendPackage(
  request: IncomingMessage,
  response: ServerResponse,
  { file, id }: { readonly file: string; readonly id: string },
  count: TransferCount | null,
  respond: Respond,
): void {
  response.setHeader('Content-Type', 'application/zip');
  // The file's own hash: stays the same over restarts and copies, which is what resuming a download needs.
  response.setHeader('ETag', `"${id}"`);
  response.setHeader('Cache-Control', 'no-cache');
  const sending = send(request, `/${encodeURIComponent(basename(file))}`, {
    root: dirname(file),
    index: false,
    ...reading,
  });
  sending.on('error', ({ status = 500 }: { readonly status?: number }) => {
    // Cut off, not ended: the machine must see that this is not all.
    if (response.headersSent) return void response.destroy();
    const range = response.getHeader('Content-Range');
    for (const name of response.getHeaderNames()) response.removeHeader(name);
    if (status === 416 && range !== undefined) response.setHeader('Content-Range', range);
    respond(response, status, sentenceFor(status));
  });
  sending.on('stream', (bytes: ReadStream) => {
    const total = Number(response.getHeader('Content-Length'));
    let read = 0;
    count?.begin(total);
    bytes.on('data', (piece) => {
      read += piece.length;
      count?.add(piece.length);
    });
    // Before `send` ends the answer: a file that is shorter than it was is no whole answer either.
    bytes.on('end', () => {
      if (read < total) response.destroy();
    });
  });
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
