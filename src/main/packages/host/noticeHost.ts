/**
 * The HTTP host for android's command notices. Machines call the server's own address at port 80,
 * unless they are configured otherwise [field]. No other requests are answered here.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Server } from 'node:net';
import type { ControlNotice } from '#shared/model/upgrade';
import { readTarget } from './address';
import { HostConnections, type HostConnectionsOptions } from './hostConnections';
import { readNotice } from './notice';
import { remoteOf, respond } from './respond';

export interface NoticeHostOptions extends Pick<HostConnectionsOptions, 'now' | 'onCrowded'> {
  readonly onNotice: (notice: ControlNotice) => void;
}

export class NoticeHost {
  readonly #options: NoticeHostOptions;
  readonly #connections: HostConnections;

  constructor(options: NoticeHostOptions) {
    this.#options = options;
    const { now, onCrowded } = options;
    const answer = (request: IncomingMessage, response: ServerResponse): void =>
      this.#answer(request, response);
    this.#connections = new HostConnections({ answer, now, onCrowded });
  }

  createServer(): Server {
    return this.#connections.createServer();
  }

  close(): void {
    this.#connections.closeAll();
  }

  /** Every valid notice gets an answer with a body: without one, machines repeat it every 10 s [field]. */
  #answer(request: IncomingMessage, response: ServerResponse): void {
    const target = readTarget(request.url ?? '');
    if (target === null) return respond(response, 400, 'this address is malformed.');
    if (target.segments.join('/') !== 'api/control/notify')
      return respond(response, 404, 'machines report what they make of commands here, and nothing else.');
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.setHeader('Allow', 'GET, HEAD');
      return respond(response, 405, 'only GET and HEAD are answered here.');
    }
    const notice = readNotice(target.query, this.#options.now(), remoteOf(request));
    if (notice === null)
      return respond(response, 400, 'vmc, sessionId and status are needed, vmc and status as numbers.');
    this.#options.onNotice(notice);
    response.writeHead(200, { 'Content-Type': 'text/plain; charset=utf-8', 'Content-Length': 2 });
    response.end(request.method === 'HEAD' ? undefined : 'ok');
  }
}
