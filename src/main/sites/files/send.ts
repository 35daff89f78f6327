/** Sends what the broker does not have of a file yet, one chunk at a time: entries on the same connection must not wait long. */
import { isOutOfStep } from '../broker/trouble';
import { isGoing } from '../pause';
import type { Broker } from '../uplink/uplink';
import {
  chunkBytes,
  chunkSubject,
  encodeManifest,
  filesStream,
  manifestSubject,
  sizeOfChunk,
  type FileManifest,
} from '../wire/file';
import { Failed } from './failed';
import type { SentFile } from './sentFile';
import { foundOf } from './stream';

/** ms for the acknowledgement of a chunk: a slow uplink takes 13 s at 10 kB/s. */
const patience = 30_000;
/** Bytes of a message beside its chunk. */
const forHeaders = 1_024;
/** Looks at the broker before its losses count as a removal. */
const mostRounds = 5;

/** Sends until all is there. @throws Failed, and the broker's errors: the next call continues */
export async function sendMissing(
  { client, manager }: Broker,
  { id, file, manifest }: { readonly id: string; readonly file: SentFile; readonly manifest: FileManifest },
  signal: AbortSignal,
  onProgress: (done: number) => void,
): Promise<void> {
  for (let round = 0; round < mostRounds && isGoing(signal); round += 1) {
    const { chunks, hasManifest } = await foundOf({ client, manager }, id);
    let done = 0;
    const missing: number[] = [];
    for (let n = 0; n < file.chunks; n += 1)
      if (chunks.has(n)) done += sizeOfChunk(file.size, n);
      else missing.push(n);
    if (missing.length === 0 && hasManifest) return;
    onProgress(done);
    for (const n of missing) {
      if (!isGoing(signal)) return;
      const chunk = await file.chunk(n);
      await publishOnce(client, chunkSubject(id, n), chunk);
      onProgress((done += chunk.length));
    }
    // Last, and not over another one: its readers take the file for complete.
    if (!hasManifest) await publishOnce(client, manifestSubject(id), encodeManifest(manifest));
  }
  if (isGoing(signal)) throw new Failed('siteFileGone');
}

/** A message that is there already stays. */
async function publishOnce(client: Broker['client'], subject: string, data: Uint8Array): Promise<void> {
  try {
    await client.publish(subject, data, {
      timeout: patience,
      expect: { streamName: filesStream, lastSubjectSequence: 0 },
    });
  } catch (error) {
    if (!isOutOfStep(error)) throw error;
  }
}

/** Whether the broker takes messages with a whole chunk. */
export const takesChunks = (longest: number | undefined): boolean =>
  longest === undefined || longest >= chunkBytes + forHeaders;
