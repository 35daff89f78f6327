/** Records for support files, and the content of a ZIP. */
import { openPromise } from 'yauzl';
import type { Finding } from '#shared/findings';
import { messageOf } from '#shared/messages/read';
import type { Direction, Entry } from '#shared/model/frame';
import { decodeChunks } from './decoding';

export async function membersOf(zip: string): Promise<ReadonlyMap<string, Buffer>> {
  const file = await openPromise(zip, { lazyEntries: true });
  const members = new Map<string, Buffer>();
  for await (const entry of file.eachEntry()) {
    const chunks: Uint8Array[] = [];
    for await (const chunk of await file.openReadStreamPromise(entry)) chunks.push(chunk as Uint8Array);
    members.set(entry.fileName, Buffer.concat(chunks));
  }
  file.close();
  return members;
}

/** Records of these frames of one connection, with Crema's findings. */
export function recordedAs(
  frames: readonly Uint8Array[],
  dir: Direction,
  at = 1_764_000_000_000,
): readonly Entry[] {
  const items = frames.flatMap((bytes) => decodeChunks([bytes]));
  return items.flatMap((item, index): readonly Entry[] => {
    const base = { id: index + 1, at: at + index * 1_000, conn: 1, vmcNo: 33_232 };
    if (item.kind === 'overflow') return [];
    if (item.kind === 'junk') return [{ ...base, kind: 'junk', bytes: item.bytes, findings: item.findings }];
    const { head, sequence, bytes, bodyStart, text, json, findings } = item;
    const { message, findings: more } = messageOf(json, dir);
    return [
      {
        ...base,
        kind: 'frame',
        dir,
        head,
        sequence,
        bytes,
        bodyStart,
        text,
        message,
        findings: [...findings, ...more] as readonly Finding[],
      },
    ];
  });
}
