/** Imports a file of frames into its own journal, with the same fold and tables as live. */
import type { Capture } from '#shared/model/capture';
import { readBytes } from '../../core/captures/bytes';
import type { ReadEntry } from '../../core/captures/types';
import { CaptureFile } from './captureFile';
import type { Growth, Importer } from './importer';
import { openJournalWriter } from './journalWriter';

export interface ImportRequest {
  readonly file: string;
  /** The journal to write. The file must not exist yet. */
  readonly journal: string;
  /** The script of the writing thread. Without it, this thread writes. */
  readonly journalWorker?: string;
}

interface ImportProgress {
  /** Bytes of the file read so far. */
  readonly done: number;
  readonly total: number;
  readonly frames: number;
}

export type Imported = Omit<Capture, 'id' | 'fileName' | 'site' | 'reading'>;

export interface ImportListeners {
  readonly onProgress: (progress: ImportProgress) => void;
  /** Called when the journal has grown: early, then about once a second, and at the end, also after a failure. */
  readonly onGrowth?: (growth: Growth) => void;
}

/**
 * If the import ends early, the journal keeps the entries read until then.
 * @throws CaptureError if the file is not a capture, or changed meanwhile; Node's own errors if the file can't be read.
 */
export async function importFile(
  request: ImportRequest,
  signal: AbortSignal,
  listeners: ImportListeners,
): Promise<Imported> {
  const file = await CaptureFile.open(request.file, signal);
  try {
    return await importOpened(file, request, signal, listeners);
  } finally {
    await file.close();
  }
}

async function importOpened(
  file: CaptureFile,
  request: ImportRequest,
  signal: AbortSignal,
  { onProgress, onGrowth }: ImportListeners,
): Promise<Imported> {
  // Loads the importer while the journal's thread starts.
  const loading = import('./importing');
  // The error is thrown where `loading` is awaited.
  loading.catch(() => undefined);
  const writer = await openJournalWriter(request.journal, request.journalWorker ?? null);
  try {
    const { Importer, importCapture, importJsonl } = await loading;
    const source = file.bytes();
    const isOurs = await isJsonl(file);
    // Crema's JSON lines contain the findings made when they were recorded; packets contain none.
    const importer = new Importer(writer, { addFindings: !isOurs, onGrowth: onGrowth ?? null });
    const report = (done: number): void => onProgress({ done, total: file.size, frames: importer.frames });
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
      await file.check();
      // Some batches are still being written, so `end` can throw a write error.
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

/** Whether the file, gzip or not, begins with a JSON object. A byte order mark may precede the object. */
async function isJsonl(file: CaptureFile): Promise<boolean> {
  let start = Buffer.alloc(0);
  // Only the beginning is read, so an incomplete gzip stream is expected.
  for await (const chunk of readBytes(file.start(), {}, () => undefined)) {
    start = Buffer.concat([start, chunk]);
    if (start.length >= 64) break;
  }
  return /^\uFEFF?\s*\{/.test(start.toString('utf8', 0, 64));
}
