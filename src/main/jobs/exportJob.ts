/** Writes frames of a journal to a file, beside whoever else uses it. Reads only. */
import type { Entry } from '#shared/model/frame';
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import type { ExportFormat } from '#shared/model/capture';
import type { Mark } from '#shared/model/journal';
import { exportCsv } from '../capture/csv';
import { exportJsonl } from '../capture/jsonl';
import { exportPcapng } from '../capture/exportPcapng';
import type { Pages, Write } from '../capture/types';
import { peersOf, scan, type ScanQuery } from '../journal/scan';
import { revived } from '../keeping';

export interface ExportRequest extends ScanQuery {
  /** The journal's file. */
  readonly journal: string;
  readonly format: ExportFormat;
  /** The file to write; one that is there is replaced when the new one is whole. */
  readonly file: string;
  /** Words for findings, in the language of whoever reads the file. */
  readonly words: Readonly<Record<string, string>>;
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
    const { total } = db.prepare('SELECT count(*) AS total FROM entries').get() as { readonly total: number };
    let frames = 0;
    async function* pages(): Pages<Entry> {
      for (const { entries, looked } of scan(db, request, marksOf(db))) {
        signal.throwIfAborted();
        for (const { kind } of entries) if (kind === 'frame' || kind === 'junk') frames += 1;
        onProgress({ done: Math.min(looked, total), total, frames });
        yield entries.map(revived);
        // Others of this thread get their turn: the word to cancel among them.
        await new Promise((done) => setImmediate(done));
      }
    }
    await intoFile(request.file, (write) => writeAs(request, pages(), write, db, signal));
    return frames;
  } finally {
    db.close();
  }
}

async function writeAs(
  { format, words }: ExportRequest,
  pages: Pages<Entry>,
  write: Write,
  db: InstanceType<typeof DatabaseSync>,
  signal: AbortSignal,
): Promise<void> {
  const describe = ({ code }: { readonly code: string }): string => words[code] ?? code;
  switch (format) {
    case 'jsonl':
      await exportJsonl(pages, write, { signal });
      return;
    case 'csv':
      await exportCsv(pages, write, { signal, describe });
      return;
    case 'pcapng': {
      const peers = peersOf(db);
      await exportPcapng(pages, write, { signal, describe, peerOf: (conn) => peers.get(conn) ?? null });
    }
  }
}

/** Written beside it and put in its place when it is whole: a file that was there stays until then. */
async function intoFile(file: string, work: (write: Write) => Promise<void>): Promise<void> {
  const part = `${file}.part`;
  const stream = createWriteStream(part);
  const failed = new Promise<never>((_, reject) => stream.once('error', reject));
  try {
    await Promise.race([
      failed,
      work(async (chunk) => {
        if (!stream.write(chunk)) await Promise.race([failed, once(stream, 'drain')]);
      }),
    ]);
    await Promise.race([failed, new Promise<void>((done) => stream.end(done))]);
    await rename(part, file);
  } catch (error) {
    // A file still being opened would come into being after its removal.
    if (!stream.closed) await new Promise<void>((done) => stream.once('close', () => done()).destroy());
    await rm(part, { force: true });
    throw error;
  }
}

function marksOf(db: InstanceType<typeof DatabaseSync>): ReadonlyMap<number, Mark> {
  const rows = db.prepare('SELECT entry, marked, note FROM marks').all() as readonly {
    readonly entry: number;
    readonly marked: number;
    readonly note: string;
  }[];
  return new Map(rows.map(({ entry, marked, note }) => [entry, { entry, marked: marked !== 0, note }]));
}
