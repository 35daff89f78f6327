/** The relay over real sockets: our server in front of another server, which uses none of the app's code. */
import { createHash, type Hash } from 'node:crypto';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { expect, onTestFinished } from 'vitest';
import type { DialTarget } from '#shared/model/dial';
import { noRelay, type RelaySettings } from '#shared/model/relay';
import { Relaying } from '../../src/main/machines/relay/relaying';
import { startServer, type TestServer } from './server';
import { ownPort } from './ports';

/** One end of a connection, with all bytes that arrived on it. */
export class End {
  readonly socket: Socket;
  received = Buffer.alloc(0);
  readonly #hash: Hash = createHash('sha256');
  bytes = 0;
  hasEnded = false;
  isReset = false;
  isClosed = false;

  /** `isKept`: keeps received bytes instead of only counting them. */
  constructor(socket: Socket, isKept = true) {
    this.socket = socket;
    socket.on('data', (chunk: Buffer) => {
      this.bytes += chunk.length;
      this.#hash.update(chunk);
      if (isKept) this.received = Buffer.concat([this.received, chunk]);
    });
    socket.on('end', () => (this.hasEnded = true));
    socket.on('error', () => (this.isReset = true));
    socket.on('close', () => (this.isClosed = true));
  }

  get hash(): string {
    return this.#hash.copy().digest('hex');
  }

  get text(): string {
    return this.received.toString('latin1');
  }
}

const namelessHeartbeat = Buffer.from('002400000000{"cmd":"hb"}');

export class RealServer {
  readonly server: Server;
  /** Oldest first. */
  readonly ends: End[] = [];
  /** It answers the heartbeats by which Crema asks for proof; their number. */
  isAlive = true;
  asked = 0;

  private constructor(isKept: boolean) {
    const options = { allowHalfOpen: true, noDelay: true };
    this.server = createServer(options, (socket) => {
      const end = new End(socket, isKept);
      this.ends.push(end);
      // The heartbeat by which Crema asks for proof.
      socket.on('data', (chunk: Buffer) => {
        if (this.isAlive && chunk.equals(namelessHeartbeat)) {
          this.asked += 1;
          socket.write(chunk);
        }
      });
    });
  }

  /** `isKept`: as of `End`. */
  static async start({ isKept = true, port = 0 } = {}): Promise<RealServer> {
    const real = new RealServer(isKept);
    const at = port === 0 ? await ownPort() : port;
    await new Promise<void>((resolve) => real.server.listen(at, '127.0.0.1', resolve));
    onTestFinished(() => real.stop());
    return real;
  }

  get target(): DialTarget {
    return { host: '127.0.0.1', port: (this.server.address() as AddressInfo).port };
  }

  /** The end of the nth connection. */
  async end(index = 0): Promise<End> {
    await expect.poll(() => this.ends.length, waiting).toBeGreaterThan(index);
    const end = this.ends[index];
    if (end === undefined) throw new Error('nobody came');
    return end;
  }

  async stop(): Promise<void> {
    for (const { socket } of this.ends) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

/** Timeout for missing data. On a busy computer data arrive late. */
export const waiting = { timeout: 50_000 } as const;

export class Relayed {
  readonly crema: TestServer;
  readonly relaying: Relaying;
  #settings: RelaySettings;

  private constructor(crema: TestServer, relaying: Relaying, settings: RelaySettings) {
    this.crema = crema;
    this.relaying = relaying;
    this.#settings = settings;
  }

  static async start(
    patch: Partial<RelaySettings>,
    keepEntries = true,
    options: Parameters<typeof startServer>[2] = {},
  ): Promise<Relayed> {
    let relayed: Relayed | null = null;
    const first = { ...noRelay, isOn: true, ...patch };
    const relaying: Relaying = new Relaying({
      now: Date.now,
      settings: () => relayed?.settings ?? first,
      isVirtual: () => false,
      nameOf: () => '',
      machine: (vmcNo) => relayed?.crema.fleet.machine(vmcNo) ?? null,
      changed: () => undefined,
      // Servers of tests do not fail by chance.
      steady: [20, 200],
      pause: 100,
    });
    const crema = await startServer({}, keepEntries, { ...options, relay: relaying.deps });
    relaying.serve(crema.server);
    relayed = new Relayed(crema, relaying, first);
    onTestFinished(() => crema.stop());
    return relayed;
  }

  get settings(): RelaySettings {
    return this.#settings;
  }

  set(patch: Partial<RelaySettings>): void {
    const before = this.#settings;
    this.#settings = { ...before, ...patch };
    this.relaying.settingsChanged(before);
  }

  /** A machine that connects. */
  async machine(isKept = true): Promise<End> {
    const socket = connect({ port: this.crema.port, host: '127.0.0.1', noDelay: true, allowHalfOpen: true });
    const end = new End(socket, isKept);
    onTestFinished(() => void socket.destroy());
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('error', reject);
    });
    return end;
  }

  /** A line for each entry: direction and command, or its type. */
  get lines(): readonly string[] {
    return this.crema.entries.map((entry) => {
      switch (entry.kind) {
        case 'frame': {
          const found = entry.findings.map(({ code }) => code).filter((code) => code.startsWith('relay.'));
          const body = entry.message.body;
          const cmd = body.cmd === 'unknown' ? body.name : body.cmd;
          return `${entry.dir} ${cmd}${found.length > 0 ? ` [${found.join()}]` : ''}`;
        }
        case 'finding':
          return `finding ${entry.finding.code}`;
        case 'closed':
          return `closed ${entry.reason}`;
        case 'junk':
        case 'opened':
          return entry.kind;
      }
    });
  }
}
