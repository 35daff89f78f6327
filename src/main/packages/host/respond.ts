/** Text answers of both HTTP hosts, and the address of the client. */
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
