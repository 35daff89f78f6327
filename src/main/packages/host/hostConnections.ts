/**
 * Connections of the package host. A connection is unfinished until a request's head is complete, and is
 * answered then. Both phases have a timeout. When all places are taken, one connection is evicted for the
 * newest. A kept-alive connection is unfinished again between requests.
 */
import { createServer, type RequestListener, type Server as HttpServer } from 'node:http';
import { createServer as createListener, type Server, type Socket } from 'node:net';
import { plainAddress, type Crowd } from '#shared/model/listener';
import { Room } from '../../lib/net/room';
import { isMendable, mendRequestLine } from './requestLine';
import type { Asked } from './visitors';

export interface HostLimits {
  readonly places: number;
  /** ms for the head of a request. */
  readonly head: number;
  /** ms in which a client must accept some bytes of its answer. */
  readonly stall: number;
}
const hostLimits: HostLimits = { places: 1_000, head: 10_000, stall: 60_000 };

export interface HostConnectionsOptions {
  readonly answer: RequestListener;
  readonly now: () => number;
  /** All places were taken, and a connection was evicted. */
  readonly onCrowded: (crowd: Crowd) => void;
  /** The incoming data was not a request, or was incomplete. */
  readonly onRefused?: (asked: Asked) => void;
  /** Only for tests, which cannot wait a minute. */
  readonly limits?: HostLimits | undefined;
}

interface Connection {
  readonly socket: Socket;
  /** The server that accepted it. */
  readonly server: Server;
  readonly address: string;
  /** `Room` needs this member; the owner does not matter here. */
  readonly vmcNo: null;
  /** Runs until the head of the request is complete. */
  headTimer: NodeJS.Timeout;
  /** Number of answered requests. */
  answered: number;
  isAnswering: boolean;
  /** Requests that arrived before the previous answer was sent. */
  early: number;
  /** Bytes read when the last answer was sent. */
  readBefore: number;
  /** Bytes written by then. */
  wroteBefore: number;
  /**
   * The request line contained spaces and was repaired. Only the first request
   * can be repaired, so the connection is not kept alive.
   */
  isMended: boolean;
  /** Consecutive checks without progress. */
  idleChecks: number;
  quietAt: number;
}

/** Requests per connection. */
const mostRequests = 100;

const mostEarly = 1_000;
const nothing = Buffer.alloc(0);

/** Bytes of a malformed request that are reported. */
const mostShown = 100;

/**
 * Checks per stall timeout. The socket's own timer may fire up to one
 * interval late, so one check would be too coarse.
 */
const checksPerStall = 4;

export class HostConnections {
  readonly #options: HostConnectionsOptions;
  readonly #limits: HostLimits;
  readonly #http: HttpServer;
  readonly #room: Room<Connection>;
  readonly #connections = new Map<Socket, Connection>();
  #turnedAway = 0;

  constructor(options: HostConnectionsOptions) {
    this.#options = options;
    this.#limits = options.limits ?? hostLimits;
    this.#room = new Room(this.#limits.places, () => false, options.now);
    this.#http = createServer((request, response) => {
      const { socket, method } = request;
      if (this.#isEarly(socket)) return;
      const connection = this.#headComplete(socket);
      // A server that stopped listening does not answer further requests.
      if (connection !== undefined && connection.answered > 0 && !connection.server.listening)
        return void socket.destroy();
      const isAsked = method === 'GET' || method === 'HEAD';
      const isKept =
        isAsked && connection !== undefined && !connection.isMended && connection.answered + 1 < mostRequests;
      if (!isKept) response.setHeader('Connection', 'close');
      response.once('finish', () => {
        // The handler or the client may have announced the last request.
        if (
          isKept &&
          connection.early === 0 &&
          response.shouldKeepAlive &&
          response.getHeader('Connection') !== 'close'
        )
          this.#keepOpen(connection);
        else socket.destroySoon();
      });
      options.answer(request, response);
    });
    // Our own head timer covers the time between two requests.
    this.#http.keepAliveTimeout = 0;
    this.#http.on('clientError', (error, socket: Socket) => this.#malformed(error, socket));
    this.#http.on('timeout', (socket: Socket) => this.#quiet(socket));
  }

  createServer(): Server {
    const server = createListener({ allowHalfOpen: true, noDelay: true }, (socket) =>
      this.#accept(socket, server),
    );
    return server;
  }

  closeAll(): void {
    for (const socket of this.#connections.keys()) socket.destroy();
  }

  #accept(socket: Socket, server: Server): void {
    socket.on('error', () => undefined);
    // The connection was reset before it was accepted.
    if (socket.remoteAddress === undefined) return void socket.destroy();
    // Make room first. Otherwise, of an address that holds all places, the
    // new connection would be the only unfinished one.
    if (this.#connections.size >= this.#limits.places) this.#makeRoom();
    const connection: Connection = {
      socket,
      server,
      address: plainAddress(socket.remoteAddress),
      vmcNo: null,
      headTimer: setTimeout(() => this.#headLate(connection), this.#limits.head),
      answered: 0,
      isAnswering: false,
      early: 0,
      readBefore: 0,
      wroteBefore: 0,
      isMended: false,
      idleChecks: 0,
      quietAt: 0,
    };
    this.#connections.set(socket, connection);
    this.#room.enter(connection);
    socket.once('close', () => this.#forget(connection));
    mendRequestLine(socket, (isMended) => {
      connection.isMended = isMended;
      this.#http.emit('connection', socket);
    });
  }

  /** After an answer, the connection ends silently unless another request has begun. */
  #headLate({ socket, answered, readBefore }: Connection): void {
    if (answered > 0 && socket.bytesRead === readBefore) socket.destroySoon();
    else this.#refuse(socket, 408, '');
  }

  /** Keeps the connection for another request. Until then it is among the first to be evicted. */
  #keepOpen(connection: Connection): void {
    const { socket } = connection;
    if (this.#connections.get(socket) !== connection) return;
    connection.answered += 1;
    connection.isAnswering = false;
    connection.readBefore = socket.bytesRead;
    connection.wroteBefore = socket.bytesWritten;
    connection.headTimer = setTimeout(() => this.#headLate(connection), this.#limits.head);
    socket.setTimeout(0);
    this.#room.leave(connection);
    this.#room.enter(connection);
  }

  /**
   * Early requests are not answered: a connection has one file at a time and
   * ends with the current answer (RFC 9112, 9.3.2).
   */
  #isEarly(socket: Socket): boolean {
    const connection = this.#connections.get(socket);
    if (connection === undefined || !connection.isAnswering) return false;
    connection.early += 1;
    // Their heads stay in memory until then.
    if (connection.early > mostEarly) socket.destroy();
    return true;
  }

  #headComplete(socket: Socket): Connection | undefined {
    const connection = this.#connections.get(socket);
    if (connection === undefined) return undefined;
    connection.isAnswering = true;
    clearTimeout(connection.headTimer);
    this.#room.named(connection);
    socket.setTimeout(this.#limits.stall / checksPerStall);
    return connection;
  }

  /** One check interval passed without progress. Node compares how much of the written data the system has taken. */
  #quiet(socket: Socket): void {
    const connection = this.#connections.get(socket);
    if (connection === undefined) return void socket.destroy();
    const interval = this.#limits.stall / checksPerStall;
    const now = performance.now();
    // With progress since the last check, this check would have come later.
    connection.idleChecks = now - connection.quietAt < 1.5 * interval ? connection.idleChecks + 1 : 1;
    connection.quietAt = now;
    if (connection.idleChecks >= checksPerStall) socket.destroy();
    else socket.setTimeout(interval);
  }

  #malformed(error: NodeJS.ErrnoException & { readonly rawPacket?: Buffer }, socket: Socket): void {
    // After the first byte of an answer, this text would end up in the middle of a package.
    const connection = this.#connections.get(socket);
    const isAnswered = socket.bytesWritten > (connection?.wroteBefore ?? 0);
    if (error.code === 'ECONNRESET' || !socket.writable || isAnswered) return void socket.destroy();
    // The request can be repaired only on a new connection. A client retries there
    // after a kept-alive connection closes (RFC 9110, 9.2.2).
    if (connection !== undefined && connection.answered > 0 && isMendable(error.rawPacket ?? nothing))
      return void socket.destroy();
    const came = error.rawPacket?.toString('latin1', 0, mostShown) ?? '';
    this.#refuse(socket, error.code === 'HPE_HEADER_OVERFLOW' ? 431 : 400, came);
  }

  #refuse(socket: Socket, status: keyof typeof refusals, asked: string): void {
    const address = this.#connections.get(socket)?.address ?? plainAddress(socket.remoteAddress);
    this.#options.onRefused?.({ address, asked, status });
    refuse(socket, status);
  }

  #makeRoom(): void {
    const evicted = this.#room.evicted();
    if (evicted === null) return;
    const { guest, network, held } = evicted;
    this.#forget(guest);
    guest.socket.destroy();
    this.#turnedAway += 1;
    const { now, onCrowded } = this.#options;
    const { places } = this.#limits;
    onCrowded({ places, address: network, held, turnedAway: this.#turnedAway, at: now() });
  }

  #forget(connection: Connection): void {
    clearTimeout(connection.headTimer);
    this.#connections.delete(connection.socket);
    this.#room.leave(connection);
  }
}

const refusals = {
  400: ['Bad Request', 'this is not an HTTP request.'],
  408: ['Request Timeout', 'this request did not come to its end in time.'],
  431: ['Request Header Fields Too Large', 'the header of this request is too long.'],
} as const;

function refuse(socket: Socket, status: keyof typeof refusals): void {
  const [title, sentence] = refusals[status];
  const body = `Crema: ${sentence}\n`;
  socket.end(
    `HTTP/1.1 ${status} ${title}\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`,
    () => socket.destroySoon(),
  );
}
