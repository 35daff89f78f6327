/** Writes frames of a journal to a file. The journal is only read, so it may be in use. */
import { setOwnErrors } from '#shared/errors/own';
import type { Entry } from '#shared/model/frame';
import { DatabaseSync } from '@photostructure/sqlite';
import { damageIn, noDamage, sumOfDamage, type ExportDamage, type ExportFormat } from '#shared/model/capture';
import { exportCsv } from '../../core/captures/out/exportCsv';
import { exportJsonl } from '../../core/captures/out/exportJsonl';
import { exportPcapng } from '../../core/captures/out/exportPcapng';
import type { MarkOf, Pages, Write } from '../../core/captures/types';
import { beginnings, marksOf, nameOfNumbers, peersOf, scan, type ScanQuery } from '../../journal/embed';
import { readStored } from '../../core/state/readStored';
import { writeWholeFile, refuseJournalFile, type Output } from '../../lib/files/writeWholeFile';
import { textsOf, type ExportWords } from './exportWords';

export interface ExportRequest extends ScanQuery {
  /** The journal's file. */
  readonly journal: string;
  readonly format: ExportFormat;
  /** The file to write. An existing file is replaced only when the new file is complete. */
  readonly file: string;
  /** Texts in the language of the file's reader. Empty: codes are written. */
  readonly words: ExportWords;
}

export interface ExportProgress {
  /** Entries scanned so far; `total` is the number of all entries. */
  readonly done: number;
  readonly total: number;
  readonly frames: number;
}

/** Counts of the written file. Junk counts as frames. */
export interface Exported {
  readonly entries: number;
  readonly frames: number;
  /** Left out: none was found. */
  readonly damage?: ExportDamage;
}

/** A cancelled or failed export leaves an existing file unchanged. `output` replaces the file as the destination. */
export async function exportFrames(
  request: ExportRequest,
  signal: AbortSignal,
  onProgress: (progress: ExportProgress) => void,
  output?: Output,
): Promise<Exported> {
  if (output === undefined) await refuseJournalFile(request.journal, request.file);
  setOwnErrors(request.ownErrors ?? {});
  const db = new DatabaseSync(request.journal, { readOnly: true });
  try {
    db.exec('PRAGMA busy_timeout = 5000');
    const all = db.prepare('SELECT count(*) AS total FROM entries').get() as { readonly total: number };
    const total = request.ids?.length ?? all.total;
    let [written, frames, found] = [0, 0, noDamage];
    const marks = marksOf(db);
    const markOf: MarkOf = (id) => marks.get(id) ?? null;
    const withBeginnings = request.format === 'jsonl' ? beginnings(db) : null;
    async function* pages(): Pages<Entry> {
      for (const { entries, scanned, damage } of scan(db, request, marks)) {
        signal.throwIfAborted();
        written += entries.length;
        found = sumOfDamage(found, damage);
        for (const { kind } of entries) if (kind === 'frame' || kind === 'junk') frames += 1;
        onProgress({ done: Math.min(scanned, total), total, frames });
        yield (withBeginnings === null ? entries : withBeginnings(entries)).map(readStored);
        // Lets other events of this thread be handled, such as a cancel.
        await new Promise((done) => setImmediate(done));
      }
    }
    const journal = nameOfNumbers(db);
    const work = (write: Write): Promise<void> =>
      writeAs(request, pages(), write, { db, markOf, signal, journal });
    await (output === undefined ? writeWholeFile(request.file, work, signal) : output(work));
    return { entries: written, frames, ...damageIn(found) };
  } finally {
    db.close();
  }
}

interface Writing {
  readonly db: InstanceType<typeof DatabaseSync>;
  readonly markOf: MarkOf;
  readonly signal: AbortSignal;
  readonly journal: string | null;
}

async function writeAs(
  { format, words, filter, ids }: ExportRequest,
  pages: Pages<Entry>,
  write: Write,
  { db, ...options }: Writing,
): Promise<void> {
  const texts = textsOf(words);
  switch (format) {
    case 'jsonl':
      await exportJsonl(pages, write, options);
      return;
    case 'csv':
      await exportCsv(pages, write, { ...options, ...texts });
      return;
    case 'pcapng': {
      const peers = peersOf(db);
      // All frames of one machine are not a selection: no frame of its connections is missing.
      const isSelection =
        ids !== null || filter.text.trim() !== '' || filter.dir !== null || filter.cmd !== null;
      await exportPcapng(pages, write, {
        ...options,
        ...texts,
        isSelection,
        peerOf: (conn) => peers.get(conn) ?? null,
      });
    }
  }
}
