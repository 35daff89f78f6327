/** At the end, writes records that the disk refuses to another place, or reports them as lost beforehand. */
import { dirname, join } from 'node:path';
import type { Entry } from '#shared/model/frame';
import type { RefusedEntries } from '#shared/model/journal';
import { fileStamp } from '../../lib/files/fileStamp';
import { makeFolder } from '../../lib/files/makeFolder';
import { writeWholeFile } from '../../lib/files/writeWholeFile';
import { type PackedEntries, unpacked } from '../../journal/api';
import { exportJsonl } from '../../core/captures/out/exportJsonl';
import type { Pages } from '../../core/captures/types';
import { lostLine, rescuedLine } from '../../machines/api';
import { readStored } from '../../core/state/readStored';

/** Asks for a place for refused records; `failed`: the error of the last place. `null`: no place. */
export type AskPlace = (refused: RefusedEntries, failed: string | null) => Promise<string | null>;

export interface RescueParts {
  readonly place: AskPlace;
  /** The records were written to this file. */
  readonly written?: (file: string) => void;
  readonly line: (line: string) => void;
  readonly problem: (detail: string) => void;
}

/** `take` hands over the entries. Resolves to whether any record is lost. */
export type Rescue = (
  refused: RefusedEntries,
  take: () => Promise<readonly PackedEntries[]>,
) => Promise<boolean>;

export function rescue({ place, written, line, problem }: RescueParts): Rescue {
  return async (refused, take) => {
    const isLost = refused.lost > 0 || refused.gone !== null;
    if (refused.waiting === 0 && !isLost) return false;
    let packed: readonly PackedEntries[] | null = null;
    let failed: string | null = null;
    while (refused.waiting > 0) {
      const file = await place(refused, failed);
      if (file === null) break;
      packed ??= await take();
      try {
        await write(file, packed);
        written?.(file);
        line(rescuedLine(refused, file));
        return isLost;
      } catch (error) {
        failed = error instanceof Error ? error.message : String(error);
        problem(`the records could not be written to ${file} (${failed})`);
      }
    }
    problem(lostLine(refused));
    return true;
  };
}

/** The rescue file in a folder. */
export function rescueFile(folder: string, now: number): string {
  return join(folder, `crema-rescued-${fileStamp(now)}.jsonl`);
}

async function write(file: string, packed: readonly PackedEntries[]): Promise<void> {
  makeFolder(dirname(file));
  await writeWholeFile(
    file,
    async (piece) => void (await exportJsonl(pages(packed), piece)),
    new AbortController().signal,
  );
}

async function* pages(packed: readonly PackedEntries[]): Pages<Entry> {
  for (const one of packed) {
    yield [...unpacked(one)].map(readStored);
    await new Promise((resolve) => setImmediate(resolve));
  }
}
