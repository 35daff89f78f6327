/** Answers of both HTTP hosts, and the address of the client. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { plainAddress } from '#shared/model/listener';

export function remoteOf({ socket }: IncomingMessage): string {
  return plainAddress(socket.remoteAddress);
}

export function respond(response: ServerResponse, status: number, sentence: string): void {
  const body = Buffer.from(`Crema: ${sentence}\n`);
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8', 'Content-Length': body.length });
  response.end(body);
}

/** [ours] Limits of the skipped body, in bytes and ms. Beyond them the answer is sent without waiting. */
const longest = 8_388_608;
const longestWait = 2_000;

/** Answers a refused request after its body. Closing earlier would reset the connection, and the client would lose the answer. */
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
