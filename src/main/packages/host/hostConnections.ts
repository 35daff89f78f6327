/**
 * The connections of the package host. Until a request's head is complete a connection is unfinished, then it is answered. Both end when they
 * take too long, and when all places are taken one gives way to the newest. One whose client wants to ask more is unfinished again.
 */
import { createServer, type RequestListener, type Server as HttpServer } from 'node:http';
import { createServer as createListener, type Server, type Socket } from 'node:net';
import type { Crowd } from '#shared/model/listener';
import { plainAddress } from '#shared/model/plainAddress';
import { Room } from '../../lib/net/room';
import { isMendable, mendRequestLine } from './requestLine';
import type { Asked } from './visitors';

export interface HostLimits {
  readonly places: number;
  /** ms for a request's head. */
  readonly head: number;
  /** ms in which a client must take something of its answer. */
  readonly stall: number;
}
const hostLimits: HostLimits = { places: 1_000, head: 10_000, stall: 60_000 };

export interface HostConnectionsOptions {
  readonly answer: RequestListener;
  readonly now: () => number;
  /** There was no room, and somebody was turned away. */
  readonly onCrowded: (crowd: Crowd) => void;
  /** What came is no request, or came to no end. */
  readonly onRefused?: (asked: Asked) => void;
  /** Of a test, which can't wait for a minute. */
  readonly limits?: HostLimits | undefined;
}

interface Connection {
  readonly socket: Socket;
  /** Which accepted it. */
  readonly server: Server;
  readonly address: string;
  /** Whose it is does not count here. */
  readonly vmcNo: null;
  /** Until the head of its request is complete. */
  headTimer: NodeJS.Timeout;
  /** Answered so far. */
  answered: number;
  isAnswering: boolean;
  /** Requests that came before the answer to the one before was out. */
  early: number;
  /** Bytes that had come when its last answer was out. */
  readBefore: number;
  /** Bytes that were written by then. */
  wroteBefore: number;
  /** A client that writes spaces into an address is to begin a connection for each request: only the first is mended. */
  isMended: boolean;
  /** Looks in a row at which nothing had moved since the one before. */
  quietLooks: number;
  quietAt: number;
}

/** Requests that one connection carries. */
const mostRequests = 100;

const mostEarly = 1_000;
const nothing = Buffer.alloc(0);

/** Bytes of what is no request that are told. */
const mostShown = 100;

/** Looks in the time of a stall: the socket's own timer, asked for the whole of it, may be late by as much again. */
const looks = 4;

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
      // Whoever listens there no more serves nobody anew.
      if (connection !== undefined && connection.answered > 0 && !connection.server.listening)
        return void socket.destroy();
      const isAsked = method === 'GET' || method === 'HEAD';
      const isKept =
        isAsked && connection !== undefined && !connection.isMended && connection.answered + 1 < mostRequests;
      if (!isKept) response.setHeader('Connection', 'close');
      response.once('finish', () => {
        // Whoever answered, or the client, may have said that it is the last one.
        if (
          isKept &&
          connection.early === 0 &&
          response.shouldKeepAlive &&
          response.getHeader('Connection') !== 'close'
        )
          this.#goesOn(connection);
        else socket.destroySoon();
      });
      options.answer(request, response);
    });
    // The time between two requests is that of a head, which is ours.
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
    // Reset before it was accepted.
    if (socket.remoteAddress === undefined) return void socket.destroy();
    // Before it is one of them: of an address that holds all places it would be the only unfinished one.
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
      quietLooks: 0,
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

  /** Of a connection that has been answered nothing more is wanted, unless another request has begun. */
  #headLate({ socket, answered, readBefore }: Connection): void {
    if (answered > 0 && socket.bytesRead === readBefore) socket.destroySoon();
    else this.#refuse(socket, 408, '');
  }

  /** It may ask once more, and is among the first to give way until it does. */
  #goesOn(connection: Connection): void {
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

  /** It is not answered: one connection has one file at a time, and ends with the answer that is under way (RFC 9112, 9.3.2). */
  #isEarly(socket: Socket): boolean {
    const connection = this.#connections.get(socket);
    if (connection === undefined || !connection.isAnswering) return false;
    connection.early += 1;
    // What was asked is kept until then.
    if (connection.early > mostEarly) socket.destroy();
    return true;
  }

  #headComplete(socket: Socket): Connection | undefined {
    const connection = this.#connections.get(socket);
    if (connection === undefined) return undefined;
    connection.isAnswering = true;
    clearTimeout(connection.headTimer);
    this.#room.named(connection);
    socket.setTimeout(this.#limits.stall / looks);
    return connection;
  }

  /** Nothing moved for the time of a look: Node compares how much the system has taken of what is written. */
  #quiet(socket: Socket): void {
    const connection = this.#connections.get(socket);
    if (connection === undefined) return void socket.destroy();
    const look = this.#limits.stall / looks;
    const now = performance.now();
    // Had something moved since the last look, this one would have come later.
    connection.quietLooks = now - connection.quietAt < 1.5 * look ? connection.quietLooks + 1 : 1;
    connection.quietAt = now;
    if (connection.quietLooks >= looks) socket.destroy();
    else socket.setTimeout(look);
  }

  #malformed(error: NodeJS.ErrnoException & { readonly rawPacket?: Buffer }, socket: Socket): void {
    // After the first byte of an answer, this text would end up in the middle of a package.
    const connection = this.#connections.get(socket);
    const isAnswered = socket.bytesWritten > (connection?.wroteBefore ?? 0);
    if (error.code === 'ECONNRESET' || !socket.writable || isAnswered) return void socket.destroy();
    // On a connection of its own it is mended, and a client tries there what was closed on one it had kept (RFC 9110, 9.2.2).
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
    const victim = this.#room.victim();
    if (victim === null) return;
    const { guest, network, held } = victim;
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
  400: ['Bad Request', 'this is no HTTP request.'],
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
