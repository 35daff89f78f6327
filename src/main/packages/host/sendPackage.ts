/**
 * Answers with the package's file; the library `send` handles ranges, conditions and headers. This thread must not load the schema
 * library: V8 collects garbage after every 64 MB sent, and so large a heap halves the speed.
 */
import { fstatSync, type ReadStream, type Stats } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { basename, dirname } from 'node:path';
import send from 'send';
import type { UpgradePackage } from '#shared/model/upgrade';
import { settleRange } from './range';
import { rationedFiles, type Ration } from './rateLimit';
import { markOf } from '../library/soundFiles';
import type { TransferCount } from './transfer';

type Respond = (response: ServerResponse, status: number, sentence: string) => void;

export interface Sent {
  readonly file: string;
  readonly pkg: UpgradePackage;
  /** Bytes that are read at once. */
  readonly pieces: number;
  readonly ration: Ration;
  /** Of the file as it was found to be the package. */
  readonly mark: string;
}

export function sendPackage(
  request: IncomingMessage,
  response: ServerResponse,
  { file, pieces, ration, mark, pkg: { id, size, addedAt } }: Sent,
  count: TransferCount | null,
  respond: Respond,
): void {
  response.setHeader('Content-Type', 'application/zip');
  // Both stay the same over restarts and where the file is copied anew, so that downloads can be resumed.
  const etag = `"${id}"`;
  const lastModified = new Date(addedAt).toUTCString();
  response.setHeader('ETag', etag);
  response.setHeader('Last-Modified', lastModified);
  response.setHeader('Cache-Control', 'no-cache');
  settleRange(request, size, [etag, lastModified]);
  // Of `fs.createReadStream`, which is given the options of `send`.
  const reading = { highWaterMark: pieces, fs: rationedFiles(ration) };
  const sending = send(request, `/${encodeURIComponent(basename(file))}`, {
    root: dirname(file),
    index: false,
    ...reading,
  });
  let isOther = false;
  sending.on('file', (_path: string, found: Stats) => {
    // Just now; `send` finds that it was answered, and calls that an error.
    isOther = markOf(found) !== mark;
    if (isOther) refuse(409);
  });
  sending.on('error', ({ status = 500 }: { readonly status?: number }) => {
    if (isOther) return;
    // Destroyed, not ended, so that the machine sees that the file is incomplete.
    if (response.headersSent) response.destroy();
    else refuse(status);
  });
  function refuse(status: number): void {
    const range = response.getHeader('Content-Range');
    for (const name of response.getHeaderNames()) response.removeHeader(name);
    if (status === 416 && range !== undefined) response.setHeader('Content-Range', range);
    respond(response, status, sentenceFor(status));
  }
  sending.on('stream', (bytes: ReadStream) => {
    const total = Number(response.getHeader('Content-Length'));
    let read = 0;
    const range = /^bytes (\d+)-/.exec(String(response.getHeader('Content-Range')))?.[1];
    count?.begin({ from: Number(range ?? 0), total, size });
    bytes.on('data', (piece) => {
      read += piece.length;
      count?.add(piece.length);
    });
    // Before `send` ends the answer: a file that became shorter, or another, must not look complete.
    bytes.on('end', () => {
      if (read === total && isStill(bytes, mark)) return;
      count?.spoil();
      response.destroy();
    });
  });
  sending.pipe(response);
}

/** Its file was not written while it was read; one that another took the place of is still read from. */
function isStill(bytes: ReadStream & { readonly fd?: number | null }, mark: string): boolean {
  try {
    return typeof bytes.fd === 'number' && markOf(fstatSync(bytes.fd)) === mark;
  } catch {
    return false;
  }
}

export function sentenceFor(status: number): string {
  switch (status) {
    case 409:
      return 'the file of this package is not what was added.';
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
