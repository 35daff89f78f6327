/** Makes a copy of a capture without private texts, as compressed JSON lines, which Crema can open. */
import { once } from 'node:events';
import { createWriteStream, rmSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { DatabaseSync, type DatabaseSyncInstance } from '@photostructure/sqlite';
import { everyFrame } from '#shared/filter/frames';
import { captureEndings } from '#shared/model/capture';
import type { Entry, StoredEntry } from '#shared/model/frame';
import type { Mark } from '#shared/model/journal';
import { supportWords } from '#shared/model/support';
import type { Words } from '#shared/words';
import { exportJsonl } from '../../core/captures/out/exportJsonl';
import { withoutPrivate } from '../../core/masking/looksPrivate';
import { maskedPage, type MaskedPage } from '../../core/masking/maskedPage';
import { Masker } from '../../core/masking/masker';
import { marksOf, nameOfNumbers, scan } from '../../journal/embed';
import { knownTexts } from '../support/knownTexts';
import type { ExportProgress } from './exportJob';
import { importFile, type ImportRequest } from './importJob';

/** The journal of the request is removed again. */
export interface MaskRequest extends ImportRequest {
  /** The file to write. */
  readonly target: string;
  /** Its name, which may have private texts. */
  readonly name: string;
  /** 32 secret bytes as hex: equal texts get equal stand-ins. */
  readonly key: string;
  /** Verification codes. */
  readonly codes: readonly string[];
  readonly language: keyof Words;
}

interface MaskedCapture {
  readonly frames: number;
  /** A name for the copy. */
  readonly name: string;
}

/** Reading, learning and writing: each is a third of the progress. */
const steps = 3;
const ending = new RegExp(`(?:\\.(?:${captureEndings.join('|')}|json|gz))+$`, 'i');

/** @throws as `importFile` */
export async function maskFile(
  request: MaskRequest,
  signal: AbortSignal,
  onProgress: (progress: ExportProgress) => void,
): Promise<MaskedCapture> {
  const { journal, target, name, key, codes, language } = request;
  let frames = 0;
  const report = (step: number, done: number, total: number): void =>
    onProgress({ done: step * total + Math.min(done, total), total: steps * total, frames });
  try {
    await importFile(request, signal, {
      onProgress: (progress) => {
        ({ frames } = progress);
        report(0, progress.done, progress.total);
      },
    });
    const db = new DatabaseSync(journal, { readOnly: true });
    try {
      const marks = marksOf(db);
      const texts = knownTexts(db, { key: Buffer.from(key, 'hex'), codes });
      const masker = new Masker(texts);
      // Two passes: an entry can quote a private text that only a later one marks as private.
      for await (const page of pagesOf(db, marks, signal, (done, total) => report(1, done, total)))
        for (const entry of page) masker.learn(entry);
      const parts = { masker, texts, marks, withheldNote: supportWords.withheld[language] };
      let shown: MaskedPage | null = null;
      async function* masked(): AsyncGenerator<readonly Entry[]> {
        for await (const page of pagesOf(db, marks, signal, (done, total) => report(2, done, total))) {
          shown = maskedPage(page, parts);
          yield shown.entries;
        }
      }
      const gzip = createGzip();
      const written = pipeline(gzip, createWriteStream(target, { mode: 0o600 }), { signal });
      written.catch(() => undefined);
      const write = async (chunk: Uint8Array): Promise<void> => {
        if (!gzip.write(Uint8Array.from(chunk)))
          await Promise.race([once(gzip, 'drain', { signal }), written]);
      };
      await exportJsonl(masked(), write, {
        markOf: (id) => shown?.markOf(id) ?? null,
        journal: nameOfNumbers(db),
      });
      gzip.end();
      await written;
      const plain = withoutPrivate(texts.cleaned(name.replace(ending, '')));
      return { frames, name: `${plain}.jsonl.gz` };
    } finally {
      db.close();
    }
  } finally {
    for (const suffix of ['', '-wal', '-shm']) rmSync(`${journal}${suffix}`, { force: true });
  }
}

async function* pagesOf(
  db: DatabaseSyncInstance,
  marks: ReadonlyMap<number, Mark>,
  signal: AbortSignal,
  onProgress: (done: number, total: number) => void,
): AsyncGenerator<readonly StoredEntry[]> {
  const { total } = db.prepare('SELECT count(*) AS total FROM entries').get() as { readonly total: number };
  for (const { entries, scanned } of scan(db, { filter: everyFrame, now: 0, names: {}, ids: null }, marks)) {
    signal.throwIfAborted();
    onProgress(scanned, Math.max(1, total));
    if (entries.length > 0) yield entries;
    // Lets other events of this thread be handled, such as a cancel.
    await new Promise((done) => setImmediate(done));
  }
}
