/** A journal with the frames of `manyEntries`, each on a connection that begins with it. It is written directly, without reading a capture. */
import type { Entry } from '#shared/model/frame';
import { manyEntries, peerOf } from './manyEntries';
import { writeJournal } from './journal';

export async function makeManyInJournal(file: string, frames: number): Promise<void> {
  const entries: Entry[] = [];
  for await (const page of manyEntries(frames))
    for (const entry of page) {
      const { id, at, conn } = entry;
      entries.push({ kind: 'opened', id: 2 * id - 1, at, conn, vmcNo: null, peer: peerOf(conn) });
      entries.push({ ...entry, id: 2 * id });
    }
  writeJournal(file, entries);
}
