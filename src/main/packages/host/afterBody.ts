/** Answers a request that is refused after its body: a connection that is closed with more of it on the way is reset, and the answer lost. */
import type { IncomingMessage } from 'node:http';

/** [ours] Bytes and ms of it that are read and dropped; whoever sends more, or slowlier, is answered without. */
const longest = 8_388_608;
const longestWait = 2_000;

export function afterBody(request: IncomingMessage, answer: () => void): void {
  let left = longest;
  const end = (): void => {
    clearTimeout(timer);
    request.off('data', drop).off('end', end).off('close', end);
    answer();
  };
  const drop = (chunk: Buffer): void => {
    left -= chunk.length;
    if (left < 0) end();
  };
  const timer = setTimeout(end, longestWait);
  request.on('data', drop).once('end', end).once('close', end);
}
