/**
 * Sends the file of a package. The library `send` handles ranges, conditions and headers. This thread must not load
 * the schema library: V8 collects garbage after every 64 MB sent, and the larger heap halves the speed.
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
  /** Bytes per read. */
  readonly pieces: number;
  readonly ration: Ration;
  /** Size, time and inode of the verified file. */
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
  // Both values survive restarts and a new copy of the file, so that downloads can be resumed.
  const etag = `"${id}"`;
  const lastModified = new Date(addedAt).toUTCString();
  response.setHeader('ETag', etag);
  response.setHeader('Last-Modified', lastModified);
  response.setHeader('Cache-Control', 'no-cache');
  settleRange(request, size, [etag, lastModified]);
  // Options of `fs.createReadStream`, which `send` passes on.
  const reading = { highWaterMark: pieces, fs: rationedFiles(ration) };
  const sending = send(request, `/${encodeURIComponent(basename(file))}`, {
    root: dirname(file),
    index: false,
    ...reading,
  });
  let isOther = false;
  sending.on('file', (_path: string, found: Stats) => {
    // The file was replaced just now. `send` sees an answered request and reports an error.
    isOther = markOf(found) !== mark;
    if (isOther) refuse(409);
  });
  sending.on('error', ({ status = 500 }: { readonly status?: number }) => {
    if (isOther) return;
    // Destroy the connection, so that the machine sees that the file is incomplete.
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
    // Runs before `send` ends the answer: a file that was shortened or replaced must not look complete.
    bytes.on('end', () => {
      if (read === total && isStill(bytes, mark)) return;
      count?.spoil();
      response.destroy();
    });
  });
  sending.pipe(response);
}

/** True if the file was not written while it was read. A replaced file can still be read through its open handle. */
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
