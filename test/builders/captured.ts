/** Reads captures and formats the resulting entries, for tests. */
import type { Entry, NewEntry } from '#shared/model/frame';
import {
  importCapture,
  type ImportOptions,
  type ImportSummary,
} from '../../src/main/core/captures/in/importCapture';
import type { Write } from '../../src/main/core/captures/types';
import { inPieces } from './packets';

export async function readCapture(
  file: Uint8Array,
  options: ImportOptions = {},
  pieceSize?: number,
): Promise<{ entries: NewEntry[]; summary: ImportSummary }> {
  const entries: NewEntry[] = [];
  const pages = importCapture(inPieces(file, pieceSize), options);
  for (;;) {
    const next = await pages.next();
    if (next.done === true) return { entries, summary: next.value };
    entries.push(...next.value);
  }
}

/** The relevant parts of the entries, one line each. */
export function lines(entries: readonly NewEntry[]): string[] {
  return entries.map((entry) => {
    switch (entry.kind) {
      case 'opened':
        return `opened ${entry.peer.remoteAddress} ${entry.peer.remotePort}`;
      case 'closed':
        return `closed ${entry.reason}`;
      case 'finding':
        return `finding ${entry.finding.code} ${JSON.stringify(entry.finding.params ?? {})}`;
      case 'junk':
        return `junk ${Buffer.from(entry.bytes).toString()} ${entry.findings.map(({ code }) => code).join()}`;
      case 'frame':
        return `${entry.dir} ${entry.message.body.cmd} ${entry.vmcNo}`;
    }
  });
}

export function numbered(entries: readonly NewEntry[]): Entry[] {
  return entries.map((entry, index) => ({ id: index + 1, ...entry }));
}

/** Entries in pages of `size`. */
export async function* inPages<E>(entries: readonly E[], size = 100): AsyncGenerator<readonly E[]> {
  for (let at = 0; at < entries.length; at += size) {
    await Promise.resolve();
    yield entries.slice(at, at + size);
  }
}

/** A file in memory. */
export class MemoryFile {
  readonly chunks: Uint8Array[] = [];
  readonly write: Write = (chunk) => {
    this.chunks.push(chunk);
    return Promise.resolve();
  };
  get bytes(): Buffer {
    return Buffer.concat(this.chunks);
  }
}
