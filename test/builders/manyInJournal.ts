/** A journal of frames as `manyEntries` has them, each on a connection that begins with it: written at once, without a capture to read. */
import type { Entry } from '#shared/model/frame';
import { packEntries } from '../../src/main/journal/client/packed';
import { openJournal } from '../../src/main/journal/store/openJournal';
import { manyEntries, peerOf } from './manyEntries';

export async function makeManyInJournal(file: string, frames: number): Promise<void> {
  const opened = openJournal(file);
  if (opened.kind !== 'open') throw new Error(opened.kind);
  for await (const page of manyEntries(frames)) {
    const entries = page.flatMap((entry): Entry[] => {
      const { id, at, conn } = entry;
      const peer = peerOf(conn);
      return [
        { kind: 'opened', id: 2 * id - 1, at, conn, vmcNo: null, peer },
        { ...entry, id: 2 * id },
      ];
    });
    opened.store.append({
      entries: packEntries(entries),
      faults: [],
      orders: [],
      commands: [],
      machines: [],
    });
  }
  opened.store.close();
}
