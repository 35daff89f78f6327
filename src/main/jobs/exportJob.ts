/** Writes frames of a journal to a file, beside whoever else uses it. Reads only. */
import type { Entry } from '#shared/model/frame';
import { open, rename, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import type { ExportFormat } from '#shared/model/capture';
import type { Mark } from '#shared/model/journal';
import { exportCsv } from '../capture/csv';
import { exportJsonl } from '../capture/jsonl';
import { exportPcapng } from '../capture/exportPcapng';
import type { MarkOf, Pages, Write } from '../capture/types';
import { peersOf, scan, type ScanQuery } from '../journal/scan';
import { revived } from '../keeping';
import { tellingOf, type ExportWords } from './words';

export interface ExportRequest extends ScanQuery {
  /** The journal's file. */
  readonly journal: string;
  readonly format: ExportFormat;
  /** The file to write; one that is there is replaced when the new one is whole. */
  readonly file: string;
  /** In the language of whoever reads the file; empty: codes. */
  readonly words: ExportWords;
}

export interface ExportProgress {
  /** Entries looked at, and how many there are. */
  readonly done: number;
  readonly total: number;
  readonly frames: number;
}

/** Gives the number of frames written. A cancelled or failed one leaves what was there before. */
export async function exportFrames(
  request: ExportRequest,
  signal: AbortSignal,
  onProgress: (progress: ExportProgress) => void,
): Promise<number> {
  if (resolve(request.file) === resolve(request.journal))
    throw Object.assign(new Error('the journal itself is no place for it'), { code: 'EEXIST' });
  const db = new DatabaseSync(request.journal, { readOnly: true });
  try {
    db.exec('PRAGMA busy_timeout = 5000');
    const all = db.prepare('SELECT count(*) AS total FROM entries').get() as { readonly total: number };
    const total = request.ids?.length ?? all.total;
    let frames = 0;
    const marks = marksOf(db);
    const markOf: MarkOf = (id) => marks.get(id) ?? null;
    async function* pages(): Pages<Entry> {
      for (const { entries, looked } of scan(db, request, marks)) {
        signal.throwIfAborted();
        for (const { kind } of entries) if (kind === 'frame' || kind === 'junk') frames += 1;
        onProgress({ done: Math.min(looked, total), total, frames });
        yield entries.map(revived);
        // Others of this thread get their turn: the word to cancel among them.
        await new Promise((done) => setImmediate(done));
      }
    }
    await intoFile(request.file, (write) => writeAs(request, pages(), write, { db, markOf, signal }));
    return frames;
  } finally {
    db.close();
  }
}

interface Writing {
  readonly db: InstanceType<typeof DatabaseSync>;
  readonly markOf: MarkOf;
  readonly signal: AbortSignal;
}

async function writeAs(
  { format, words, filter, ids }: ExportRequest,
  pages: Pages<Entry>,
  write: Write,
  { db, ...options }: Writing,
): Promise<void> {
  const telling = tellingOf(words);
  switch (format) {
    case 'jsonl':
      await exportJsonl(pages, write, options);
      return;
    case 'csv':
      await exportCsv(pages, write, { ...options, ...telling });
      return;
    case 'pcapng': {
      const peers = peersOf(db);
      // All of one machine is whole in itself.
      const isSelection =
        ids !== null || filter.text.trim() !== '' || filter.dir !== null || filter.cmd !== null;
      await exportPcapng(pages, write, {
        ...options,
        ...telling,
        isSelection,
        peerOf: (conn) => peers.get(conn) ?? null,
      });
    }
  }
}

let lastPart = 0;
/** Written beside it and put in its place when it is whole: a file that was there stays until then. */
export async function intoFile(file: string, work: (write: Write) => Promise<void>): Promise<void> {
  // Not of another's file, nor of another Crema's.
  const part = `${file}.${process.pid}-${(lastPart += 1)}.part`;
  // Not a stream: every piece is known to be written, and to be on the disk, before the file takes its place.
  const handle = await open(part, 'w');
  try {
    try {
      await work((chunk) => handle.writeFile(chunk));
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(part, file);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}

export function marksOf(db: InstanceType<typeof DatabaseSync>): ReadonlyMap<number, Mark> {
  const rows = db.prepare('SELECT entry, marked, note FROM marks').all() as readonly {
    readonly entry: number;
    readonly marked: number;
    readonly note: string;
  }[];
  return new Map(rows.map(({ entry, marked, note }) => [entry, { entry, marked: marked !== 0, note }]));
}
