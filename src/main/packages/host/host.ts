/**
 * The HTTP host that machines download upgrade packages from. It serves only offers: the request path
 * selects an offer, and the library provides the file. No request path reaches the disk.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Server } from 'node:net';
import { plainAddress, type Crowd } from '#shared/model/listener';
import type { ExpectedFile, MovedMachine, Upload } from '#shared/model/fetched';
import type { Rates, Transfer, UpgradePackage } from '#shared/model/upgrade';
import { isSameName, originOf, readTarget, updateXmlName, type Offer, type Target } from './address';
import type { TestAnswer } from './downloadTest';
import { ExpectedFiles, type Refuse } from '../uploads/expectedFiles';
import { hashFile } from '../library/openFile';
import { HostConnections, type HostLimits } from './hostConnections';
import { longestTurn, RateLimit } from './rateLimit';
import { ReadAhead } from './readAhead';
import { remoteOf, respond } from './respond';
import { sendPackage, sentenceFor } from './sendPackage';
import { SoundFiles } from '../library/soundFiles';
import type { FileCheck } from '../library/spoiltFiles';
import { TransferCount } from './transfer';
import { updateXml } from '../library/updateXml';
import type { Asked } from './visitors';

const mostTests = 100;

export interface HostedPackage {
  readonly pkg: UpgradePackage;
  readonly file: string;
}

export interface PackageHostOptions {
  readonly now: () => number;
  readonly onTransfer: (transfer: Transfer) => void;
  /** The folder for files that machines send. */
  readonly files: string;
  readonly onUpload: (upload: Upload) => void;
  /** The file of a package was checked. */
  readonly onLooked: (check: FileCheck) => void;
  /** All places were taken, and a connection was evicted. */
  readonly onCrowded: (crowd: Crowd) => void;
  /** A request did not match any upgrade. */
  readonly onVisit: (asked: Asked) => void;
  /** Only for tests, which cannot wait a minute. */
  readonly limits?: HostLimits;
}

export class PackageHost {
  readonly #options: PackageHostOptions;
  readonly #offers = new Map<number, Offer>();
  readonly #files: ExpectedFiles;
  readonly #tests = new Map<string, string>();
  readonly #connections: HostConnections;
  readonly #readAhead = new ReadAhead();
  readonly #soundFiles: SoundFiles;
  readonly #rateLimit = new RateLimit();
  #packages: ReadonlyMap<string, HostedPackage> = new Map();

  constructor(options: PackageHostOptions) {
    this.#options = options;
    const { now, onCrowded, onLooked, onVisit, limits } = options;
    this.#files = new ExpectedFiles({ folder: options.files, now, onUpload: options.onUpload });
    this.#soundFiles = new SoundFiles({
      hash: async (file) => (await hashFile(file, ['sha256'])).sha256,
      now,
      onLooked,
    });
    this.#connections = new HostConnections({
      answer: (request, response) => this.#answer(request, response),
      now,
      onCrowded,
      onRefused: onVisit,
      limits,
    });
  }

  /** A server that stops listening still serves its open connections. */
  createServer(): Server {
    return this.#connections.createServer();
  }

  /** Replaces the packages that can be downloaded. */
  setPackages(packages: readonly HostedPackage[]): void {
    this.#packages = new Map(packages.map((hosted) => [hosted.pkg.id, hosted]));
  }

  set rates(rates: Rates) {
    this.#rateLimit.rates = rates;
  }

  /** Prepares for a test download of our own. Only a few unused tokens are kept. */
  test({ token, answer }: TestAnswer): void {
    const [oldest] = this.#tests.keys();
    if (this.#tests.size >= mostTests && oldest !== undefined) this.#tests.delete(oldest);
    this.#tests.set(token, answer);
  }

  offer(offer: Offer): void {
    this.#offers.set(offer.id, offer);
    // Check the file before the machine asks for it.
    const hosted = this.#packages.get(offer.packageId);
    if (hosted !== undefined) void this.#soundFiles.check(hosted);
  }

  /** Call this before the machine is asked to send a file. */
  expect(file: ExpectedFile): void {
    this.#files.expect(file);
  }

  /** Updates the address that the machine may send from. */
  moved(machine: MovedMachine): void {
    this.#files.moved(machine);
  }

  /** Aborts running transfers. */
  close(): void {
    this.#connections.closeAll();
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const target = readTarget(request.url ?? '');
    const refuse = (status: number, sentence: string): void => {
      this.#noteVisit(request, status);
      respond(response, status, sentence);
    };
    if (target?.segments[0] === 't' && this.#isTest(response, target)) return;
    if (target?.segments[0] === 'f') return this.#files.receive(request, response, { target, refuse });
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.setHeader('Allow', 'GET, HEAD');
      response.setHeader('Connection', 'close');
      return refuse(405, 'only GET and HEAD are answered here.');
    }
    if (target === null) return refuse(400, 'this address is malformed.');
    const [root, vmcNo, id, ...rest] = target.segments;
    if (root !== 'u' || id === undefined) return refuse(404, 'there is nothing at this address.');
    const offer = /^\d+$/.test(id) ? this.#offers.get(Number(id)) : undefined;
    if (offer === undefined || String(offer.vmcNo) !== vmcNo)
      return refuse(404, 'this upgrade is not offered any more. Send the upgrade command again.');
    // A program that puts the folder before any package_path requests /u/1/2/u/1/2/name.
    const [first, second, third, ...inner] = rest;
    const name = first === 'u' && second === vmcNo && third === id ? inner : rest;
    this.#serve(request, response, { offer, path: name, straySpaces: target.straySpaces, refuse });
  }

  #noteVisit(request: IncomingMessage, status: number): void {
    const { method = '', url = '' } = request;
    this.#options.onVisit({ address: remoteOf(request), asked: `${method} ${url}`, status });
  }

  #serve(
    request: IncomingMessage,
    response: ServerResponse,
    { offer, path, straySpaces, refuse }: Wanted,
  ): void {
    const hosted = this.#packages.get(offer.packageId);
    const [name] = path;
    const { now, onTransfer } = this.#options;
    /** HEAD transfers no body, so it is not counted. */
    const counted = (what: Transfer['what']): TransferCount | null => {
      const { id, vmcNo } = offer;
      const about = { offer: id, vmcNo, what, remoteAddress: remoteOf(request), straySpaces };
      return request.method === 'HEAD' ? null : new TransferCount(about, response, now, onTransfer);
    };
    if (hosted === undefined) {
      // Reports that the machine has asked, for code that waits for the request.
      counted(name === updateXmlName ? name : 'package');
      return refuse(404, 'this package has been removed from the library.');
    }
    const { pkg } = hosted;
    const what: Transfer['what'] | null =
      name === updateXmlName
        ? updateXmlName
        : name !== undefined && isSameName(name, pkg.fileName)
          ? 'package'
          : null;
    if (path.length !== 1 || what === null)
      return refuse(404, `machine ${offer.vmcNo} can fetch ${updateXmlName} and the package here.`);
    const count = counted(what);
    if (what === 'package') return void this.#send(request, response, { ...hosted, offer, count });
    const body = Buffer.from(updateXml(pkg, reachedAt(request), offer));
    response.writeHead(200, {
      'Content-Type': 'application/xml; charset=utf-8',
      'Content-Length': body.length,
      'Cache-Control': 'no-store',
    });
    count?.begin({ from: 0, total: body.length, size: body.length });
    response.end(request.method === 'HEAD' ? undefined : body, () => count?.add(body.length));
  }

  /** Sends the file once it is verified. */
  async #send(request: IncomingMessage, response: ServerResponse, sent: Sending): Promise<void> {
    const checked = await this.#soundFiles.check(sent);
    // The client closed the connection meanwhile.
    if (response.destroyed) return;
    if ('status' in checked) {
      respond(response, checked.status, sentenceFor(checked.status));
      return;
    }
    const { size, free } = this.#readAhead.take(remoteOf(request));
    const ration = this.#rateLimit.open(sent.offer.vmcNo);
    // Rationed reads use smaller chunks.
    const pieces = this.#rateLimit.isLimited ? Math.min(size, longestTurn) : size;
    response.once('close', () => {
      free();
      ration.close();
    });
    sendPackage(request, response, { ...sent, ...checked, pieces, ration }, sent.count, respond);
  }

  /** Our own test request; it is answered once. */
  #isTest(response: ServerResponse, { segments }: Target): boolean {
    const [, token = '', ...rest] = segments;
    const answer = rest.length === 0 ? this.#tests.get(token) : undefined;
    if (answer === undefined) return false;
    this.#tests.delete(token);
    response.writeHead(200, { 'Content-Type': 'text/plain', 'Content-Length': answer.length });
    response.end(answer);
    return true;
  }
}

interface Sending extends HostedPackage {
  readonly offer: Offer;
  readonly count: TransferCount | null;
}

interface Wanted {
  readonly offer: Offer;
  /** The path below the offer's folder. */
  readonly path: readonly string[];
  readonly straySpaces: boolean;
  readonly refuse: Refuse;
}

/** The address that the machine used. A forwarded port or a host name appears only in the Host header. */
function reachedAt({ headers, socket }: IncomingMessage): string {
  const { host = '' } = headers;
  if (/^(?:[\w.-]+|\[[\da-f:.]+\])(?::\d{1,5})?$/i.test(host)) return `http://${host}`;
  return originOf(plainAddress(socket.localAddress), socket.localPort ?? 80);
}
