/** Copies and hashes a file, then checks the copy, because machines receive the copy and not the original. */
import { createHash } from 'node:crypto';
import { open, stat, statfs, type FileHandle } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import type { MatchedChecksum } from '#shared/model/upgrade';
import { writeWholeFile } from '../../lib/files/writeWholeFile';
import { guessFrom } from '../host/guess';
import { hashFile, openFile } from './openFile';
import {
  reserve,
  type ExportRequest,
  type InspectRequest,
  type Refusal,
  type StageProgress,
  type StageRequest,
  type StageResult,
} from './messages';
import { Refused } from '../host/refused';
import { checksumsBeside, sourceOf, type FoundChecksum } from './source';
import { checkZip } from './zip';

const piece = 1_048_576;

type OnProgress = (progress: StageProgress) => void;

export async function stage(
  { source, target, expected }: StageRequest,
  signal: AbortSignal,
  onProgress: OnProgress,
): Promise<StageResult> {
  try {
    const { file, given } = await sourceOf(source);
    const fileName = basename(file);
    const checksums = [
      ...(expected === null ? [] : [{ ...expected, file: '' }]),
      ...(await checksumsBeside(file)),
    ];
    const copied = await copy(file, target, {
      room: reserve,
      signal,
      onCopied: (done, total) => onProgress({ fileName, phase: 'copying', done, total }),
    });
    const matched = checksums.map((checksum) => match(checksum, copied));
    const { evidence, ...facts } = await checkZip(target, {
      signal,
      onProgress: (done, total) => onProgress({ fileName, phase: 'checking', done, total }),
    });
    return {
      staged: { ...copied, ...facts, fileName, matched, guess: guessFrom(fileName, evidence, given) },
    };
  } catch (error) {
    return { refusal: refusalFor(error, signal) };
  }
}

/** The original name is unknown, so version and platform come from the contents. */
export async function inspect(
  { file, sha256 }: InspectRequest,
  signal: AbortSignal,
  onProgress: OnProgress,
): Promise<StageResult> {
  try {
    const hashed = await hashFile(file, ['sha256', 'md5']);
    signal.throwIfAborted();
    if (hashed.sha256 !== sha256) throw new Refused('spoilt');
    const fileName = `package-${sha256.slice(0, 8)}.zip`;
    const { evidence, ...facts } = await checkZip(file, {
      signal,
      onProgress: (done, total) => onProgress({ fileName, phase: 'checking', done, total }),
    });
    const { size } = await stat(file);
    return {
      staged: { ...hashed, size, ...facts, fileName, matched: [], guess: guessFrom('', evidence, null) },
    };
  } catch (error) {
    return { refusal: refusalFor(error, signal) };
  }
}

/** Writes a stored package to another place, completely or not at all. */
export async function exportTo(
  { source, target, sha256 }: ExportRequest,
  signal: AbortSignal,
  onProgress: OnProgress,
): Promise<{ readonly refusal: Refusal | null }> {
  try {
    const onCopied: OnCopied = (done, total) =>
      onProgress({ fileName: basename(target), phase: 'exporting', done, total });
    const from = await openFile(source);
    try {
      await refuseWithoutRoom(from, dirname(target), 0);
      const work: Parameters<typeof writeWholeFile>[1] = async (write) => {
        const copied = await pour(from, write, { signal, onCopied });
        if (copied.sha256 !== sha256) throw new Refused('spoilt');
      };
      await writeWholeFile(target, work, signal);
    } finally {
      await from.close();
    }
    return { refusal: null };
  } catch (error) {
    return { refusal: refusalFor(error, signal) };
  }
}

function match({ by, value, file }: FoundChecksum, copied: Copied): MatchedChecksum {
  const actual = copied[by];
  if (actual !== value) throw new Refused('checksumDiffers', { file, expected: value, actual });
  return { by, file };
}

interface Copied {
  readonly sha256: string;
  readonly md5: string;
  readonly size: number;
}
type OnCopied = (done: number, total: number) => void;
interface Copying {
  /** Bytes to leave free on the disk. */
  readonly room: number;
  readonly signal: AbortSignal;
  readonly onCopied: OnCopied;
}

async function copy(source: string, target: string, { room, signal, onCopied }: Copying): Promise<Copied> {
  const from = await openFile(source);
  try {
    await refuseWithoutRoom(from, dirname(target), room);
    const to = await open(target, 'wx');
    try {
      const copied = await pour(from, (bytes) => to.writeFile(bytes), { signal, onCopied });
      await to.sync();
      return copied;
    } finally {
      await to.close();
    }
  } finally {
    await from.close();
  }
}

async function refuseWithoutRoom(from: FileHandle, folder: string, room: number): Promise<void> {
  const { size } = await from.stat();
  const { bavail, bsize } = await statfs(folder);
  const free = Math.max(0, bavail * bsize - room);
  if (size > free) throw new Refused('noSpace', { needs: size, free });
}

async function pour(
  from: FileHandle,
  write: (bytes: Uint8Array) => Promise<void>,
  { signal, onCopied }: Omit<Copying, 'room'>,
): Promise<Copied> {
  const found = await from.stat();
  const sha256 = createHash('sha256');
  const md5 = createHash('md5');
  const buffer = Buffer.allocUnsafe(piece);
  let size = 0;
  for (;;) {
    signal.throwIfAborted();
    const { bytesRead } = await from.read(buffer, 0, piece, null);
    if (bytesRead === 0) break;
    const read = buffer.subarray(0, bytesRead);
    sha256.update(read);
    md5.update(read);
    await write(read);
    size += bytesRead;
    onCopied(size, Math.max(size, found.size));
  }
  return { sha256: sha256.digest('hex'), md5: md5.digest('hex'), size };
}

function refusalFor(error: unknown, signal: AbortSignal): Refusal {
  if (error instanceof Refused) return { reason: error.reason, params: error.params };
  if (signal.aborted) return { reason: 'cancelled', params: {} };
  if (error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT'))
    return { reason: 'diskFull', params: {} };
  return { reason: 'unreadable', params: { detail: error instanceof Error ? error.message : String(error) } };
}
