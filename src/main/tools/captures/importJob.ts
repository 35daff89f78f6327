/** Imports a file of frames into its own journal, with the same fold and tables as live. */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { Capture } from '#shared/model/capture';
import { readBytes } from '../../core/captures/bytes';
import type { ReadEntry } from '../../core/captures/types';
import type { Growth, Importer } from './importer';
import { openJournalWriter } from './journalWriter';

export interface ImportRequest {
  readonly file: string;
  /** The journal to write, which is not there yet. */
  readonly journal: string;
  /** The script of the thread that writes it; without it this thread does. */
  readonly journalWorker?: string;
}

interface ImportProgress {
  /** Bytes read of the file. */
  readonly done: number;
  readonly total: number;
  readonly frames: number;
}

export type Imported = Omit<Capture, 'id' | 'fileName' | 'reading'>;

export interface ImportListeners {
  readonly onProgress: (progress: ImportProgress) => void;
  /** Called when more is in the journal: early, then about once a second, and at the end, also after a failure. */
  readonly onGrowth?: (growth: Growth) => void;
}

/**
 * If it ends early, the journal keeps what was read until then.
 * @throws CaptureError where the file is no capture; Node's own errors where it can't be read.
 */
export async function importFile(
  request: ImportRequest,
  signal: AbortSignal,
  { onProgress, onGrowth }: ImportListeners,
): Promise<Imported> {
  const { size } = await stat(request.file);
  // While the journal's thread starts.
  const loading = import('./importing');
  // An error is thrown where it is awaited.
  loading.catch(() => undefined);
  const writer = await openJournalWriter(request.journal, request.journalWorker ?? null);
  try {
    const { Importer, importCapture, importJsonl } = await loading;
    const source = bytesOf(request.file, signal);
    const isOurs = await isJsonl(request.file);
    // Crema's JSON lines contain the findings made when they were recorded; packets contain none.
    const importer = new Importer(writer, { addFindings: !isOurs, onGrowth: onGrowth ?? null });
    const report = (done: number): void => onProgress({ done, total: size, frames: importer.frames });
    const options = { signal, onProgress: report };
    let troubles: Pick<Capture, 'passedOver' | 'isCutOff' | 'isDamaged'>;
    try {
      if (isOurs) {
        const { badLines, isCutOff } = await drain(importJsonl(source, options), importer);
        troubles = { passedOver: badLines > 0 ? { badLine: badLines } : {}, isCutOff, isDamaged: false };
      } else {
        const onSelection = (): void => importer.isSelection();
        const summary = await drain(importCapture(source, { ...options, onSelection }), importer);
        importer.markLast(summary.lateMarks);
        const { otherConnections, isCutOff, isDamaged } = summary;
        const passedOver = { ...summary.passedOver, ...(otherConnections > 0 && { otherConnections }) };
        troubles = { passedOver, isCutOff, isDamaged };
      }
      // What could not be written may come to light only here: some batches are being written at a time.
      await importer.end();
    } catch (error) {
      await importer.endEarly();
      throw error;
    }
    return { ...importer.facts(), ...troubles };
  } finally {
    await writer.close();
  }
}

/** Bytes read of the file at a time: what a piece holds is read at once, and of larger ones more outlives V8's young collections. */
const pieceSize = 131_072;

/** Reads a small piece first, so that entries are shown early, then larger ones. */
async function* bytesOf(file: string, signal: AbortSignal): AsyncGenerator<Buffer> {
  const first = 65_536;
  yield* createReadStream(file, { highWaterMark: first, end: first - 1, signal });
  yield* createReadStream(file, { highWaterMark: pieceSize, start: first, signal });
}

async function drain<S>(
  pages: AsyncGenerator<readonly ReadEntry[], S, undefined>,
  importer: Importer,
): Promise<S> {
  for (;;) {
    const step = await pages.next();
    if (step.done === true) return step.value;
    await importer.add(step.value);
  }
}

/** Whether the file begins with a JSON object, perhaps after a byte order mark; gzip or not. */
async function isJsonl(file: string): Promise<boolean> {
  const packed = createReadStream(file, { end: 65_535 });
  let start = Buffer.alloc(0);
  // Only the beginning is read, so an incomplete gzip stream is expected.
  for await (const chunk of readBytes(packed, {}, () => undefined)) {
    start = Buffer.concat([start, chunk]);
    if (start.length >= 64) break;
  }
  return /^\uFEFF?\s*\{/.test(start.toString('utf8', 0, 64));
}
