/**
 * The HTTP host that machines fetch upgrade packages from. It serves only what was offered: the path of a request selects an
 * offer, and the file comes from the library, so no path reaches the disk.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { ControlNotice, Transfer, UpgradePackage } from '#shared/model/upgrade';
import { originOf, readTarget, updateXmlName, type Offer, type Target } from './address';
import { readNotice } from './notice';
import { sendPackage } from './sendPackage';
import { TransferCount } from './transfer';
import { updateXml } from './updateXml';

/** android gives a download 600 s [field]: a machine that writes to slow memory may be silent for as long. */
const socketTimeout = 600_000;
const headersTime = 30_000;
const keepAliveTime = 60_000;
const maxConnections = 1_000;

export interface HostedPackage {
  readonly pkg: UpgradePackage;
  readonly file: string;
}

export interface PackageHostOptions {
  readonly now: () => number;
  readonly onTransfer: (transfer: Transfer) => void;
  readonly onNotice: (notice: ControlNotice) => void;
}

export class PackageHost {
  readonly #options: PackageHostOptions;
  readonly #offers = new Map<number, Offer>();
  readonly #servers = new Set<Server>();
  #packages: ReadonlyMap<string, HostedPackage> = new Map();

  constructor(options: PackageHostOptions) {
    this.#options = options;
  }

  createServer(): Server {
    const server = createServer(
      { headersTimeout: headersTime, requestTimeout: headersTime, keepAliveTimeout: keepAliveTime },
      (request, response) => this.#answer(request, response),
    );
    server.timeout = socketTimeout;
    server.maxConnections = maxConnections;
    server.on('clientError', refuseMalformed);
    server.once('listening', () => this.#servers.add(server));
    // A server that no longer listens still serves its open connections until they end.
    server.once('close', () => this.#servers.delete(server));
    return server;
  }

  /** Replaces the packages that can be fetched. */
  setPackages(packages: readonly HostedPackage[]): void {
    this.#packages = new Map(packages.map((hosted) => [hosted.pkg.id, hosted]));
  }

  offer(offer: Offer): void {
    this.#offers.set(offer.id, offer);
  }

  /** Aborts running transfers. */
  close(): void {
    for (const server of this.#servers) server.closeAllConnections();
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.setHeader('Allow', 'GET, HEAD');
      response.setHeader('Connection', 'close');
      return respond(response, 405, 'only GET and HEAD are answered here.');
    }
    const target = readTarget(request.url ?? '');
    if (target === null) return respond(response, 400, 'this address is malformed.');
    if (target.segments.join('/') === 'api/control/notify') return this.#notice(request, response, target);
    const [root, vmcNo, id, ...rest] = target.segments;
    if (root !== 'u' || id === undefined) return respond(response, 404, 'there is nothing at this address.');
    const offer = /^\d+$/.test(id) ? this.#offers.get(Number(id)) : undefined;
    if (offer === undefined || String(offer.vmcNo) !== vmcNo)
      return respond(response, 404, 'this upgrade is not offered any more. Send the upgrade command again.');
    // A program that puts the folder before whatever package_path says asks for /u/1/2/u/1/2/name.
    const [first, second, third, ...inner] = rest;
    const name = first === 'u' && second === vmcNo && third === id ? inner : rest;
    this.#serve(request, response, offer, name, target.straySpaces);
  }

  #serve(
    request: IncomingMessage,
    response: ServerResponse,
    offer: Offer,
    path: readonly string[],
    straySpaces: boolean,
  ): void {
    const hosted = this.#packages.get(offer.packageId);
    if (hosted === undefined)
      return respond(response, 404, 'this package has been removed from the library.');
    const { pkg } = hosted;
    const [name] = path;
    const what: Transfer['what'] | null =
      name === updateXmlName ? updateXmlName : name === pkg.fileName.trimEnd() ? 'package' : null;
    if (path.length !== 1 || what === null)
      return respond(
        response,
        404,
        `machine ${offer.vmcNo} can fetch ${updateXmlName} and the package here.`,
      );
    const about = {
      offer: offer.id,
      vmcNo: offer.vmcNo,
      what,
      remoteAddress: remoteOf(request),
      straySpaces,
    };
    const { now, onTransfer } = this.#options;
    // HEAD transfers no body, so it is not counted.
    const count = request.method === 'HEAD' ? null : new TransferCount(about, response, now, onTransfer);
    if (what === 'package') return sendPackage(request, response, hosted, count, respond);
    const body = Buffer.from(updateXml(pkg, reachedAt(request), offer));
    response.writeHead(200, {
      'Content-Type': 'application/xml; charset=utf-8',
      'Content-Length': body.length,
      'Cache-Control': 'no-store',
    });
    count?.begin(body.length);
    response.end(request.method === 'HEAD' ? undefined : body, () => count?.add(body.length));
  }

  /** Answers every readable report, because the machine repeats it until there is a reply [field]. */
  #notice(request: IncomingMessage, response: ServerResponse, { query }: Target): void {
    const notice = readNotice(query, this.#options.now(), remoteOf(request));
    if (notice === null)
      return respond(response, 400, 'vmc, sessionId and status are needed, vmc and status as numbers.');
    this.#options.onNotice(notice);
    response.writeHead(200, { 'Content-Type': 'text/plain; charset=utf-8', 'Content-Length': 2 });
    response.end(request.method === 'HEAD' ? undefined : 'ok');
  }
}

/** The address by which the machine knows us: a forwarded port or a name is in its Host header only. */
function reachedAt({ headers, socket }: IncomingMessage): string {
  const { host = '' } = headers;
  if (/^(?:[\w.-]+|\[[\da-f:.]+\])(?::\d{1,5})?$/i.test(host)) return `http://${host}`;
  return originOf(plainAddress(socket.localAddress), socket.localPort ?? 80);
}

function remoteOf({ socket }: IncomingMessage): string {
  return plainAddress(socket.remoteAddress);
}

/** Where IPv6 listens for IPv4 too, an IPv4 address comes as `::ffff:…`. */
function plainAddress(address = ''): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, '');
}

function respond(response: ServerResponse, status: number, sentence: string): void {
  const body = Buffer.from(`Crema: ${sentence}\n`);
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8', 'Content-Length': body.length });
  response.end(body);
}

function refuseMalformed(error: NodeJS.ErrnoException, socket: Socket): void {
  // After the first byte of an answer, this text would end up in the middle of a package.
  if (error.code === 'ECONNRESET' || !socket.writable || socket.bytesWritten > 0)
    return void socket.destroy();
  const [status, sentence] =
    error.code === 'HPE_HEADER_OVERFLOW'
      ? ['431 Request Header Fields Too Large', 'the header of this request is too long.']
      : error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
        ? ['408 Request Timeout', 'this request did not come to its end in time.']
        : ['400 Bad Request', 'this is no HTTP request, or its address has a space that is not written %20.'];
  const body = `Crema: ${sentence}\n`;
  socket.end(
    `HTTP/1.1 ${status}\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`,
    () => socket.destroySoon(),
  );
}
