/** A whole machine server on a free loopback port, without a window, for integration tests with real sockets. */
import { connect, type Socket } from 'node:net';
import type { DirectLink } from '#shared/model/served';
import type { Entry } from '#shared/model/frame';
import type { Crowd } from '#shared/model/listener';
import { defaultMachineConfig, type MachineConfig } from '#shared/model/machine';
import { Listener } from '../../src/main/lib/net/listener';
import { MachineServer, type MachineServerOptions } from '../../src/main/machines/link/machineServer';
import type { RelayDeps } from '../../src/main/machines/relay/relayDeps';
import { Fleet } from '../../src/main/core/state/fleet';
import { EntryLog } from '../../src/main/core/state/entryLog';
import { ownPort } from './ports';

export interface TestServer {
  readonly port: number;
  readonly fleet: Fleet;
  readonly entryLog: EntryLog;
  readonly entries: Entry[];
  readonly crowds: readonly Crowd[];
  /** Bugs of Crema. */
  readonly problems: readonly string[];
  readonly server: MachineServer;
  readonly listener: Listener;
  readonly stop: () => Promise<void>;
}

export async function startServer(
  config: Partial<MachineConfig> = {},
  keepEntries = true,
  {
    known = [],
    relay,
    directLink = null,
    hasBacklog = () => false,
    ...options
  }: MachineServerOptions & {
    readonly known?: readonly number[];
    readonly relay?: RelayDeps;
    readonly directLink?: DirectLink | null;
    /** While true, no connection gets a turn. */
    readonly hasBacklog?: () => boolean;
  } = {},
): Promise<TestServer> {
  const fleet = new Fleet();
  const entryLog = new EntryLog(fleet);
  const entries: Entry[] = [];
  const crowds: Crowd[] = [];
  const problems: string[] = [];
  if (keepEntries) entryLog.onEntry((entry) => entries.push(entry));
  const server = new MachineServer(
    {
      now: Date.now,
      log: entryLog,
      problem: (detail) => problems.push(detail),
      machine: (vmcNo, message) => fleet.machineBefore(vmcNo, message),
      connection: (conn) => fleet.connections.get(conn),
      config: () => ({ ...defaultMachineConfig, ...config }),
      code: () => null,
      directLink: () => directLink,
      verification: (vmcNo) => (fleet.machine(vmcNo)?.sign?.kind === 'matched' ? 'verified' : 'unverifiable'),
      hasBacklog,
      paymentTypes: () => ['wx_pub', 'alipay'],
      isKnown: (vmcNo) => known.includes(vmcNo),
      crowded: (crowd) => crowds.push(crowd),
      ...(relay !== undefined && { relay }),
    },
    options,
  );
  const listener = new Listener(() => server.createServer(), { now: Date.now });
  const state = await listener.listen('127.0.0.1', await ownPort());
  if (state.status !== 'listening') throw new Error(`not listening: ${state.status}`);
  return {
    port: state.port,
    fleet,
    entryLog,
    entries,
    crowds,
    problems,
    server,
    listener,
    stop: async () => {
      await listener.stop();
      server.closeAll('shutdown');
    },
  };
}

/** ms. Less than a test's own limit, so that the failure names the missing data. */
const neverComes = 50_000;

/** A bare TCP client: bytes out, bytes in, without code of the app. */
export class RawClient {
  readonly socket: Socket;
  readonly #waiters: (() => void)[] = [];
  received = Buffer.alloc(0);
  closed = false;

  private constructor(socket: Socket) {
    this.socket = socket;
    socket.on('data', (chunk: Buffer) => {
      this.received = Buffer.concat([this.received, chunk]);
      this.#wake();
    });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      this.closed = true;
      this.#wake();
    });
  }

  /** `from`: the local address of the client. */
  static async open(port: number, from?: string): Promise<RawClient> {
    const localAddress = from === undefined ? {} : { localAddress: from };
    const socket = connect({ port, host: '127.0.0.1', noDelay: true, ...localAddress });
    const client = new RawClient(socket);
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('error', reject);
    });
    return client;
  }

  send(data: string | Uint8Array): void {
    this.socket.write(data);
  }

  /**
   * Waits until the condition holds. Fails after `ms`, a limit for answers that never arrive: on a busy computer they are late.
   * Bytes and the end of the connection wake it. `lookEvery`: ms between two polls for other conditions.
   */
  async until(condition: () => boolean, ms = neverComes, lookEvery = 50): Promise<void> {
    const end = Date.now() + ms;
    while (!condition()) {
      const left = end - Date.now();
      if (left <= 0)
        throw new Error(`waited ${ms} ms in vain; received so far: ${this.received.toString('latin1')}`);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, Math.min(left, lookEvery));
        this.#waiters.push(() => {
          clearTimeout(timer);
          resolve();
        });
      });
    }
  }

  /** Waits for exactly these bytes and consumes them. */
  async expects(text: string): Promise<void> {
    const wanted = Buffer.from(text);
    // Polling by a thousand clients would take the CPU from the server that must answer them.
    await this.until(() => this.received.length >= wanted.length, neverComes, neverComes);
    const got = this.received.subarray(0, wanted.length).toString();
    if (got !== text) throw new Error(`expected ${text}\nbut got  ${this.received.toString()}`);
    this.received = this.received.subarray(wanted.length);
  }

  #wake(): void {
    for (const waiter of this.#waiters.splice(0)) waiter();
  }
}

/** A decimal frame written by hand, from the document's text only. */
export function decimalFrame(body: string): string {
  const total = Buffer.byteLength(body) + 12;
  return `${String(total).padStart(4, '0')}00000000${body}`;
}
