/** Writes the machines' last hours as JSON lines without private texts, which Crema can open. With limited space, the newest entries win. */
import { rm } from 'node:fs/promises';
import { DatabaseSync, type DatabaseSyncInstance } from '@photostructure/sqlite';
import { everyFrame } from '#shared/filter/frames';
import { maxTextLength } from '#shared/filter/language/parse';
import { machineOf, type Entry, type StoredEntry } from '#shared/model/frame';
import { damageIn, noDamage, sumOfDamage } from '#shared/model/capture';
import type { Mark } from '#shared/model/journal';
import { exportJsonl } from '../../core/captures/out/exportJsonl';
import { maskedPage, type MaskParts } from '../../core/masking/maskedPage';
import { Masker } from '../../core/masking/masker';
import { marksOf, nameOfNumbers, scan, type ScanPage } from '../../journal/embed';
import type { FramesRequest, StagedFrames } from './calls';
import { forManifest, stagedOf, stagePiece, type Piece } from './stage';
import { knownTexts } from './knownTexts';
import { supportWords } from '#shared/model/support';

const name = 'frames/frames.jsonl';
/** Entries and frame bytes of a piece. A whole piece is in memory at once. */
const pieceLength = 512;
const pieceBytes = 262_144;

type Db = DatabaseSyncInstance;
type Progress = (progress: { readonly done: number; readonly total: number }) => void;

/** A piece and its contents. */
interface Slice extends Piece {
  readonly entries: number;
  readonly withheld: number;
  readonly from: number;
  readonly to: number;
}

export async function stageFrames(
  request: FramesRequest,
  signal: AbortSignal,
  onProgress: Progress,
): Promise<StagedFrames> {
  const { journal, stage, limit, taken } = request;
  if (journal === null) throw new Error('there is no journal');
  const db = new DatabaseSync(journal, { readOnly: true });
  try {
    db.exec('PRAGMA busy_timeout = 5000');
    const last = lastOf(db);
    const marks = marksOf(db);
    const texts = knownTexts(db, request);
    const masker = new Masker(texts);
    // Two passes over the same entries: an entry can quote a private text that only a later one marks as private.
    const { total } = db.prepare('SELECT count(*) AS total FROM entries').get() as { readonly total: number };
    let looked = 0;
    let found = noDamage;
    const report = ({ scanned, damage }: ScanPage): void => {
      // Both passes find the same.
      if (looked === 0) found = sumOfDamage(found, damage);
      onProgress({ done: looked + Math.min(scanned, total), total: 2 * total });
    };
    for await (const page of pages(db, request, last, marks, signal, report))
      for (const entry of page) masker.learn(entry);
    looked = total;
    const slices: Slice[] = [];
    let [packed, leftOut] = [0, 0];
    const numbersOf = nameOfNumbers(db);
    const room = limit - taken - forManifest - stagedOf('frames', name, []).packed;
    for await (const page of pages(db, request, last, marks, signal, report))
      for (const some of slicesOf(page)) {
        const slice = await stageSlice(some, stage, { masker, texts, marks, request, numbersOf });
        slices.push(slice);
        packed += slice.packed;
        while (packed > room && slices.length > 0) {
          const oldest = slices.shift();
          if (oldest === undefined) break;
          packed -= oldest.packed;
          leftOut += oldest.entries;
          await rm(oldest.path, { force: true });
        }
      }
    return {
      file: stagedOf('frames', name, slices),
      facts: {
        entries: slices.reduce((all, { entries }) => all + entries, 0),
        withheld: slices.reduce((all, slice) => all + slice.withheld, 0),
        from: slices[0]?.from ?? null,
        to: slices.at(-1)?.to ?? null,
        leftOut,
        ...damageIn(found),
      },
    };
  } finally {
    db.close();
  }
}

/** The last entry. Later entries are not included. */
function lastOf(db: Db): number {
  const { id } = db.prepare('SELECT max(id) AS id FROM entries').get() as { readonly id: number | null };
  return id ?? 0;
}

async function* pages(
  db: Db,
  { since, now, machines }: FramesRequest,
  last: number,
  marks: ReadonlyMap<number, Mark>,
  signal: AbortSignal,
  report: (page: ScanPage) => void,
): AsyncGenerator<readonly StoredEntry[]> {
  const time = `id<=${last} time>=${new Date(since).toISOString()}`;
  const of = machines === null ? '' : ` vmc:${machines.join(',')}`;
  // Too many machines for one filter are filtered here.
  const isLong = time.length + of.length > maxTextLength;
  const wanted = isLong ? new Set(machines) : null;
  const filter = { ...everyFrame, text: isLong ? time : `${time}${of}` };
  for (const found of scan(db, { filter, now, names: {}, ids: null }, marks)) {
    const { entries } = found;
    signal.throwIfAborted();
    report(found);
    const theirs = wanted === null ? entries : entries.filter((entry) => wanted.has(machineOf(entry) ?? -1));
    if (theirs.length > 0) yield theirs;
    // Lets other events of this thread be handled, such as a cancel.
    await new Promise((done) => setImmediate(done));
  }
}

function* slicesOf(page: readonly StoredEntry[]): Generator<readonly StoredEntry[]> {
  let [from, bytes] = [0, 0];
  for (const [at, entry] of page.entries()) {
    if (at - from >= pieceLength || bytes >= pieceBytes) {
      yield page.slice(from, at);
      [from, bytes] = [at, 0];
    }
    bytes += 'bytes' in entry ? entry.bytes.length : 0;
  }
  if (from < page.length) yield page.slice(from);
}

interface SliceParts extends Omit<MaskParts, 'withheldNote'> {
  readonly request: FramesRequest;
  readonly numbersOf: string | null;
}

async function stageSlice(
  stored: readonly StoredEntry[],
  stage: string,
  { request, numbersOf, ...parts }: SliceParts,
): Promise<Slice> {
  const withheldNote = supportWords.withheld[request.language];
  const { entries, markOf, withheld } = maskedPage(stored, { ...parts, withheldNote });
  const chunks: Uint8Array[] = [];
  const write = (chunk: Uint8Array): Promise<void> => {
    chunks.push(Uint8Array.from(chunk));
    return Promise.resolve();
  };
  async function* one(): AsyncGenerator<readonly Entry[]> {
    yield await Promise.resolve(entries);
  }
  await exportJsonl(one(), write, { markOf, journal: numbersOf });
  return {
    ...(await stagePiece(stage, Buffer.concat(chunks))),
    entries: entries.length,
    withheld,
    from: stored[0]?.at ?? 0,
    to: stored.at(-1)?.at ?? 0,
  };
}
