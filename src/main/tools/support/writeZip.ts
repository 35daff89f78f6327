/** Writes the ZIP from staged files as a stream. The file appears under its name only when complete. */
import { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import { visibleJson } from '#shared/visible';
import { refuseJournalFile, writeWholeFile } from '../../lib/files/writeWholeFile';
import type { SaveRequest } from './calls';
import { readPiece } from './stage';

/** Returns the size in bytes. @throws Error if the ZIP can't be written or exceeds `limit` */
export async function writeZip(
  { journal, target, files, manifest, limit }: SaveRequest,
  signal: AbortSignal,
  onProgress: (progress: { readonly done: number; readonly total: number }) => void,
): Promise<number> {
  await refuseJournalFile(journal, target);
  const zip = new ZipFile();
  const total = files.reduce((all, { bytes }) => all + bytes, 0);
  let done = 0;
  async function* contentOf(pieces: readonly string[]): AsyncGenerator<Uint8Array> {
    for (const piece of pieces) {
      signal.throwIfAborted();
      const chunk = await readPiece(piece);
      done += chunk.length;
      onProgress({ done, total });
      yield chunk;
    }
  }
  let fail: (error: Error) => void = () => undefined;
  const failed = new Promise<never>((_, reject) => {
    fail = reject;
  });
  failed.catch(() => undefined);
  zip.on('error', fail);
  /** The current member's source: the ZIP writer leaves its errors to us. */
  const sources: Readable[] = [];
  const open = (pieces: readonly string[]): Readable => {
    const source = Readable.from(contentOf(pieces));
    source.on('error', fail);
    sources.push(source);
    return source;
  };
  zip.addBuffer(Buffer.from(`${visibleJson(JSON.stringify(manifest, null, 2))}\n`), 'manifest.json');
  for (const { name, pieces } of files) zip.addReadStreamLazy(name, {}, (give) => give(null, open(pieces)));
  zip.end();
  let written = 0;
  await writeWholeFile(
    target,
    async (write) => {
      const copy = async (): Promise<void> => {
        for await (const chunk of zip.outputStream as AsyncIterable<Buffer>) {
          signal.throwIfAborted();
          written += chunk.length;
          if (written > limit) throw new Error(`it came to more than ${limit} bytes`);
          await write(chunk);
        }
      };
      try {
        await Promise.race([copy(), failed]);
      } finally {
        sources.at(-1)?.destroy();
      }
    },
    signal,
  );
  return written;
}
