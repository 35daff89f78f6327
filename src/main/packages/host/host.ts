/**
 * The HTTP host that machines fetch upgrade packages from. It serves only what was offered: the path of a request selects an
 * offer, and the file comes from the library, so no path reaches the disk.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Server } from 'node:net';
import type { Crowd } from '#shared/model/listener';
import { plainAddress } from '#shared/model/plainAddress';
import type { ExpectedFile, MovedMachine, Upload } from '#shared/model/fetched';
import type { Rates, Transfer, UpgradePackage } from '#shared/model/upgrade';
import { isSameName, originOf, readTarget, updateXmlName, type Offer, type Target } from './address';
import type { TestAnswer } from './downloadTest';
import { ExpectedFiles, type Refuse } from '../uploads/expectedFiles';
import { hashFile } from '../library/hashFile';
import { HostConnections, type HostLimits } from './hostConnections';
import { longestTurn, RateLimit } from './rateLimit';
import { ReadAhead } from './readAhead';
import { remoteOf, respond } from './respond';
import { sendPackage, sentenceFor } from './sendPackage';
import { SoundFiles } from '../library/soundFiles';
import type { FileLook } from '../library/spoiltFiles';
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
  /** Where files that machines send are kept. */
  readonly files: string;
  readonly onUpload: (upload: Upload) => void;
  /** The file of a package was looked at. */
  readonly onLooked: (look: FileLook) => void;
  /** There was no room, and somebody was turned away. */
  readonly onCrowded: (crowd: Crowd) => void;
  /** Somebody asked for what no upgrade explains. */
  readonly onVisit: (asked: Asked) => void;
  /** Of a test, which can't wait for a minute. */
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

  /** A server that no longer listens still serves its open connections until they end. */
  createServer(): Server {
    return this.#connections.createServer();
  }

  /** Replaces the packages that can be fetched. */
  setPackages(packages: readonly HostedPackage[]): void {
    this.#packages = new Map(packages.map((hosted) => [hosted.pkg.id, hosted]));
  }

  set rates(rates: Rates) {
    this.#rateLimit.rates = rates;
  }

  /** A fetch of our own is about to come; of those that never came few are kept. */
  test({ token, answer }: TestAnswer): void {
    const [oldest] = this.#tests.keys();
    if (this.#tests.size >= mostTests && oldest !== undefined) this.#tests.delete(oldest);
    this.#tests.set(token, answer);
  }

  offer(offer: Offer): void {
    this.#offers.set(offer.id, offer);
    // Read before it is asked for, if it was not yet.
    const hosted = this.#packages.get(offer.packageId);
    if (hosted !== undefined) void this.#soundFiles.look(hosted);
  }

  /** A machine is about to be told to send a file. */
  expect(file: ExpectedFile): void {
    this.#files.expect(file);
  }

  /** It may send from there now. */
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
    // A program that puts the folder before whatever package_path says asks for /u/1/2/u/1/2/name.
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
      // Whoever waits for it learns that the machine has asked.
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

  /** Once its file is known to be the package. */
  async #send(request: IncomingMessage, response: ServerResponse, sent: Sending): Promise<void> {
    const looked = await this.#soundFiles.look(sent);
    // It did not wait for that.
    if (response.destroyed) return;
    if ('status' in looked) {
      respond(response, looked.status, sentenceFor(looked.status));
      return;
    }
    const { size, free } = this.#readAhead.take(remoteOf(request));
    const ration = this.#rateLimit.open(sent.offer.vmcNo);
    // What is read by turns comes in smaller pieces.
    const pieces = this.#rateLimit.isLimited ? Math.min(size, longestTurn) : size;
    response.once('close', () => {
      free();
      ration.close();
    });
    sendPackage(request, response, { ...sent, ...looked, pieces, ration }, sent.count, respond);
  }

  /** Ourselves: it is answered once. */
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
  /** Below the offer's folder. */
  readonly path: readonly string[];
  readonly straySpaces: boolean;
  readonly refuse: Refuse;
}

/** The address by which the machine knows us: a forwarded port or a name is in its Host header only. */
function reachedAt({ headers, socket }: IncomingMessage): string {
  const { host = '' } = headers;
  if (/^(?:[\w.-]+|\[[\da-f:.]+\])(?::\d{1,5})?$/i.test(host)) return `http://${host}`;
  return originOf(plainAddress(socket.localAddress), socket.localPort ?? 80);
}
