/** Fetches the chunks of a file that are not here yet. */
import { isGoing, pause } from '../pause';
import type { Broker } from '../uplink/uplink';
import { partOfSubject, subjectsOfFile } from '../wire/file';
import { Failed } from './failed';
import type { PartFile } from './partFile';
import { foundOf, readStream } from './stream';

/** ms before another try if the broker sent nothing. */
const retry = 1_000;

/** Fetches until all is here. @throws Failed, and errors of the broker and the disk: the next call continues */
export async function fetchMissing(
  broker: Broker,
  id: string,
  part: PartFile,
  signal: AbortSignal,
  onProgress: (done: number) => void,
): Promise<void> {
  onProgress(part.done);
  // Another stream has other numbers. It is read from its start if the messages after the known number lack a chunk.
  for (let after = part.seq; part.missing.length > 0 && isGoing(signal); after = 0) {
    const before = part.done;
    const { chunks } = await foundOf(broker, id);
    if (part.missing.some((n) => !chunks.has(n))) throw new Failed('siteFileGone');
    await readStream(
      broker,
      { filter: subjectsOfFile(id), after },
      async ({ subject, data, seq }) => {
        const n = partOfSubject(subject)?.chunk ?? null;
        if (n !== null) await part.take(n, data, seq);
        onProgress(part.done);
        return isGoing(signal);
      },
      signal,
    );
    if (part.done === before) await pause(retry, signal);
  }
}
