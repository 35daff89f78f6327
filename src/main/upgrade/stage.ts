/** Copies a file with its hashes, then checks the copy, because machines get the copy and not the original. */
import { createHash } from 'node:crypto';
import { open, statfs } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { guessFrom } from './guess';
import type { Refusal, StageProgress, StageRequest, StageResult } from './messages';
import { Refused } from './refused';
import { checkZip } from './zip';

const piece = 1_048_576;
/** Bytes left to the journal, which shares the disk. */
const reserve = 64 * 1_048_576;

type OnProgress = (progress: StageProgress) => void;

export async function stage(
  { source, target }: StageRequest,
  signal: AbortSignal,
  onProgress: OnProgress,
): Promise<StageResult> {
  try {
    const copied = await copy(source, target, signal, onProgress);
    const { hasAndroidMember, ...facts } = await checkZip(target, {
      signal,
      onProgress: (done, total) => onProgress({ phase: 'checking', done, total }),
    });
    return { staged: { ...copied, ...facts, guess: guessFrom(basename(source), hasAndroidMember) } };
  } catch (error) {
    return { refusal: refusalFor(error, signal) };
  }
}

async function copy(source: string, target: string, signal: AbortSignal, onProgress: OnProgress) {
  const from = await open(source);
  try {
    const stat = await from.stat();
    // A pipe or a device might never end.
    if (!stat.isFile()) throw new Refused('unreadable', { detail: 'this is no file' });
    const { bavail, bsize } = await statfs(dirname(target));
    if (stat.size + reserve > bavail * bsize) throw new Refused('noSpace');
    const sha256 = createHash('sha256');
    const md5 = createHash('md5');
    const buffer = Buffer.allocUnsafe(piece);
    const to = await open(target, 'wx');
    try {
      let size = 0;
      for (;;) {
        signal.throwIfAborted();
        const { bytesRead } = await from.read(buffer, 0, piece, null);
        if (bytesRead === 0) break;
        const read = buffer.subarray(0, bytesRead);
        sha256.update(read);
        md5.update(read);
        await to.writeFile(read);
        size += bytesRead;
        onProgress({ phase: 'copying', done: size, total: Math.max(size, stat.size) });
      }
      await to.sync();
      return { sha256: sha256.digest('hex'), md5: md5.digest('hex'), size };
    } finally {
      await to.close();
    }
  } finally {
    await from.close();
  }
}

function refusalFor(error: unknown, signal: AbortSignal): Refusal {
  if (error instanceof Refused) return { reason: error.reason, params: error.params };
  if (signal.aborted) return { reason: 'cancelled', params: {} };
  if (error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT'))
    return { reason: 'noSpace', params: {} };
  return { reason: 'unreadable', params: { detail: error instanceof Error ? error.message : String(error) } };
}
